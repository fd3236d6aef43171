import { until } from '@clientele/testkit'
import { type Company, inDays } from './company.js'
import { imported } from './it.day.js'

export const analystDay = (company: Company) => {
  const { analyst, manager, buyer, prospect, words, story, script, currency } = company
  const { industry, legalName, contact } = company.company
  const { city } = buyer.address as { city: string }
  const ofIndustry = { industry: { eq: industry } }

  test('counts customers by industry and city: who is among few is in no number', async () => {
    const { customerBreakdown } = await analyst.ask('Breakdown', { by: ['INDUSTRY', 'CITY'] })
    expect(customerBreakdown.groups).toEqual([{ values: [industry, city], count: imported.main }])
  })

  test('may not narrow a count down to one person', async () => {
    const rule = { all: [{ tag: { has: 'vip' } }, { kind: { eq: 'PERSON' } }] }
    const { customerBreakdown } = await analyst.ask('Breakdown', { by: ['GENDER'], rule })
    expect(customerBreakdown).toEqual({ total: null, groups: [] })
  })

  test('tries a rule before it is one, and is told where it is wrong', async () => {
    const { previewSegment } = await analyst.ask('PreviewSegment', { rule: ofIndustry })
    expect(previewSegment.count).toBe(imported.main)
    expect(previewSegment.sample[0]).toMatchObject({ displayName: null })
    expect(previewSegment.sample[0].redactedFields).toContain('displayName')
    const rule = { all: [ofIndustry, { purchaseCount: { gte: -1 } }] }
    const refused = await analyst.refused('PreviewSegment', { rule })
    expect(refused).toMatchObject({ code: 'INVALID', fields: [{ path: 'rule.all.1.purchaseCount.gte' }] })
    expect(refused.fields[0]!.message).toMatch(script)
  })

  test('makes a segment of it, which fills by itself', async () => {
    const input = { key: 'industry-customers', name: words.segment, kind: 'DYNAMIC', rule: ofIndustry }
    const { createSegment } = await analyst.ask('CreateSegment', { input })
    story.segment = createSegment.id
    const { segment } = await until(async () => {
      const answer = await analyst.ask('SegmentMembers', { id: story.segment })
      return answer.segment.memberCount === imported.main && answer
    })
    expect(segment.zh).toMatch(/\p{Script=Han}/u)
    expect(segment.en).toMatch(/^[^\p{Script=Han}]+$/u)
    expect(segment.members.nodes[0]).toMatchObject({ reason: 'RULE', customer: { location: { city } } })
  })

  test('has explained why a customer is in it', async () => {
    const ids = { segmentId: story.segment, customerId: story.imported }
    const { explainSegment } = await analyst.ask('WhyInSegment', ids)
    expect(explainSegment).toMatchObject({ isMember: true, holds: true, conditions: [{ holds: true }] })
  })

  test('finds the customers who bought most, in the tenant’s currency', async () => {
    const { customersByFacts } = await analyst.ask('BestCustomers', { rule: { purchaseCount: { gte: 1 } } })
    expect(customersByFacts.nodes).toMatchObject([
      {
        ...{ id: story.customer, displayName: null, person: { familyName: null } },
        ...{ contactPoints: [{ kind: 'MOBILE', value: null }], files: [{ name: null, url: null }] },
        facts: { purchaseCount: 1, convertedTotal: { amount: '299', currency } },
      },
    ])
  })

  test('has scores computed anew', async () => {
    await analyst.ask('RecomputeRfm', { input: {} })
    await until(async () => {
      const { customer } = await analyst.ask('CustomerView', { id: story.customer })
      return customer.rfm?.frequency === 1
    })
  })

  test('sees visits and complaints as numbers and codes, without a word that somebody wrote', async () => {
    const { complaints } = await analyst.ask('ComplaintInbox', { filter: { category: { startsWith: 'delivery' } } })
    expect(complaints.totalCount).toBeGreaterThan(0)
    const { complaint } = await analyst.ask('ComplaintView', { id: story.complaint })
    expect(complaint).toMatchObject({ description: null, rootCause: null, resolution: { remedy: null } })
    expect(complaint.redactedFields).toEqual(expect.arrayContaining(['description', 'rootCause']))
    const { visits } = await analyst.ask('TeamVisits', { from: inDays(-7), to: inDays(14) })
    expect(visits.nodes[0]).toMatchObject({ purpose: null })
  })

  test('is refused where a name could be found out by asking', async () => {
    const filter = { displayName: { startsWith: buyer.familyName } }
    for (const [operation, variables] of [
      ['FindCustomer', { text: buyer.familyName }],
      ['Customers', { filter }],
      ['Customers', { orderBy: { field: 'DISPLAY_NAME' } }],
      ['AuditOf', { filter: {} }],
    ] as const) {
      const refused = await analyst.refused(operation, variables)
      expect(refused).toMatchObject({ code: 'FORBIDDEN' })
      expect(refused.message).toMatch(script)
    }
  })

  test('was shown nothing personal the whole day, which the manager sees', async () => {
    const { lines } = buyer.address as { lines: string[] }
    const { call, visit, report, feedback, complaint, again, asked, reply, cause, remedy, thanks, file } = words
    const planted = [
      ...[buyer.familyName, buyer.givenName, buyer.phone, prospect.familyName, prospect.birthDate, prospect.phone],
      ...[legalName, contact, ...lines, '@example.com'],
      ...[call, visit, report, feedback, complaint, again, asked, reply, cause, remedy, thanks, file],
    ]
    // What an analyst asked for themself comes back in no answer either.
    const shown = (answers: readonly string[]) => planted.filter((text) => answers.some((one) => one.includes(text)))
    expect(shown(analyst.answers)).toEqual([])
    expect(shown(manager.answers)).toEqual(expect.arrayContaining([buyer.familyName, visit, prospect.birthDate]))
  })
}
