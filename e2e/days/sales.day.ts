import { until } from '@clientele/testkit'
import { type Company, inDays } from './company.js'

export const salesDay = (company: Company) => {
  const { sales, colleague, stranger, manager, buyer, prospect, words, story, script } = company

  test('brings a new customer in', async () => {
    const input = {
      kind: 'PERSON',
      person: { familyName: buyer.familyName, givenName: buyer.givenName },
      contactPoints: [{ kind: 'MOBILE', value: buyer.phone, country: company.country }],
      addresses: [buyer.address],
      tags: ['vip'],
    }
    const { createCustomer } = await sales.ask('CreateCustomer', { input })
    expect(createCustomer).toMatchObject({ owner: { id: story[sales.subject] }, territory: company.territory })
    story.customer = createCustomer.id
    story.number = createCustomer.number
    story.phone = createCustomer.contactPoints[0].id
    const lines = [{ sku: 'DESK-1', quantity: '2', unitPrice: '149.50' }]
    await sales.ask('RecordPurchase', {
      input: { customerId: story.customer, orderedAt: inDays(-3), currency: company.currency, lines },
    })
  })

  test('finds them by half a telephone number; who sells elsewhere does not', async () => {
    const text = buyer.half
    const found = await sales.ask('FindCustomer', { text })
    expect(found.searchCustomers.nodes).toMatchObject([{ matchedOn: 'PHONE', customer: { id: story.customer } }])
    expect((await stranger.ask('FindCustomer', { text })).searchCustomers.nodes).toEqual([])
    const hidden = await stranger.refused('CustomerView', { id: story.customer })
    expect(hidden).toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
    expect(hidden.message).toMatch(script)
  })

  test('writes down yesterday’s call, with the time at which it was', async () => {
    const occurredAt = inDays(-1)
    const input = { customerId: story.customer, kind: 'CALL', direction: 'INBOUND', occurredAt, subject: words.call }
    const { recordContact } = await until(() => sales.ask('RecordCall', { input }))
    expect(recordContact).toMatchObject({ occurredAt, subject: words.call })
    expect(recordContact.customer.timeline.nodes).toMatchObject([{ __typename: 'Contact', occurredAt }])
    const future = await sales.refused('RecordCall', { input: { ...input, occurredAt: inDays(1) } })
    expect(future).toMatchObject({ code: 'INVALID', fields: [{ path: 'input.occurredAt' }] })
    expect(future.fields[0]!.message).toMatch(script)
  })

  test('completes yesterday’s visit with its times and report, and gives themself the task that follows', async () => {
    const plan = { customerId: story.customer, mode: 'ONSITE', purpose: words.visit, assigneeId: sales.subject }
    const times = { plannedStart: inDays(-1, -2), plannedEnd: inDays(-1, -1) }
    const { planVisit } = await sales.ask('PlanVisit', { input: { ...plan, ...times } })
    expect(planVisit.assignee).toEqual({ subject: sales.subject })
    story.visit = planVisit.id
    const report = { summary: words.report, customerFeedback: words.feedback, sentiment: 'POSITIVE' }
    const input = { id: story.visit, startedAt: times.plannedStart, endedAt: times.plannedEnd, report }
    const { completeVisit } = await sales.ask('CompleteVisit', { input })
    expect(completeVisit).toMatchObject({ status: 'COMPLETED', actualStart: times.plannedStart, report })
    const { createTask } = await sales.ask('CreateTask', {
      input: {
        ...{ customerId: story.customer, kind: 'quote.send', title: words.followUp, dueAt: inDays(0, 3) },
        ...{ remindAt: inDays(0, 2), subject: { type: 'visit', id: story.visit } },
      },
    })
    expect(createTask).toMatchObject({ assigneeId: sales.subject, customer: { id: story.customer } })
    story.task = createTask.id
  })

  test('has the task in the agenda of the day, and puts its reminder off', async () => {
    const { myAgenda } = await sales.ask('MyDay', { from: inDays(-1), to: inDays(1) })
    expect(myAgenda.nodes.map(({ item }: any) => item.id)).toContain(story.task)
    const { snoozeTask } = await sales.ask('SnoozeTask', { input: { id: story.task, until: inDays(0, 2.5) } })
    expect(snoozeTask.status).toBe('OPEN')
  })

  test('sets a wrong telephone number right, in one step', async () => {
    const value = buyer.phone.replace(/\d$/, '9')
    const input = { customerId: story.customer, id: story.phone, value, country: company.country }
    const { changeContactPoint } = await sales.ask('CorrectPhone', { input })
    expect(changeContactPoint.contactPoints).toMatchObject([{ id: story.phone, value, status: 'VALID' }])
    const found = await sales.ask('FindCustomer', { text: value })
    expect(found.searchCustomers.nodes).toMatchObject([{ customer: { id: story.customer } }])
    const wrong = await sales.refused('CorrectPhone', { input: { ...input, value: ' ' } })
    expect(wrong).toMatchObject({ code: 'INVALID', fields: [{ path: 'input.value' }] })
    expect(wrong.fields[0]!.message).toMatch(script)
  })

  test('enters a prospect from the exhibition: the birth date is taken and not read back', async () => {
    const { birthDate, phone, ...name } = prospect
    const input = {
      ...{ kind: 'PERSON', source: 'exhibition', person: { ...name, birthDate }, tags: ['prospect'] },
      contactPoints: [{ kind: 'MOBILE', value: phone, country: company.country }],
    }
    const { createCustomer } = await sales.ask('CreateCustomer', { input })
    expect(createCustomer).toMatchObject({ source: 'exhibition', person: { birthDate: null } })
    expect(createCustomer.redactedFields).toContain('person.birthDate')
    expect(sales.answers.filter((answer) => answer.includes(birthDate))).toEqual([])
    story.prospect = createCustomer.id
    const seen = await manager.ask('CustomerView', { id: story.prospect })
    expect(seen.customer.person.birthDate).toBe(birthDate)
  })

  test('hands the prospect to a colleague, who finds it; to somebody who does not work here they cannot', async () => {
    const to = (ownerId: string) => ({ input: { id: story.prospect, ownerId } })
    const { updateCustomer } = await sales.ask('HandOver', to(colleague.subject))
    expect(updateCustomer.owner.id).toBe(story[colleague.subject])
    expect((await colleague.ask('CustomerView', { id: story.prospect })).customer.owner.id).toBe(
      story[colleague.subject],
    )
    const nobody = await sales.refused('HandOver', to('nobody-here'))
    expect(nobody).toMatchObject({ code: 'INVALID', fields: [{ path: 'input.ownerId' }] })
  })

  test('attaches the offer to the customer; a colleague reads it', async () => {
    const body = Buffer.from(`${words.followUp}\n`)
    const staged = { customerId: story.customer, name: words.file, bytes: body.length }
    const { stageCustomerFile } = await sales.ask('StageFile', { input: staged })
    const { id, uploadUrl } = stageCustomerFile
    expect((await fetch(uploadUrl, { method: 'PUT', body })).ok).toBe(true)
    const { attachCustomerFile } = await sales.ask('AttachFile', { input: { id } })
    expect(attachCustomerFile).toMatchObject({ name: words.file, status: 'READY' })
    const { customer } = await colleague.ask('CustomerView', { id: story.customer })
    const text = await (await fetch(customer.files[0].url)).text()
    expect(text).toBe(body.toString())
  })

  test('plans next week, and sees it with the places to go to', async () => {
    const input = { customerId: story.customer, mode: 'ONSITE', purpose: words.visit, assigneeId: sales.subject }
    const times = { plannedStart: inDays(7), plannedEnd: inDays(7, 1) }
    await sales.ask('PlanVisit', { input: { ...input, ...times } })
    const { visits } = await sales.ask('MyVisits', { assigneeId: sales.subject, from: inDays(6), to: inDays(13) })
    expect(visits).toMatchObject({
      totalCount: 1,
      nodes: [{ status: 'PLANNED', customer: { addresses: [{ formatted: buyer.label }] } }],
    })
  })

  test('has everything about the customer in one view before the call', async () => {
    const { customer } = await until(async () => {
      const answer = await sales.ask('CustomerView', { id: story.customer })
      return answer.customer.rfm?.frequency === 1 && answer
    })
    expect(customer).toMatchObject({
      tags: [{ name: 'vip' }],
      purchaseSummary: { count: 1, total: { amount: '299', currency: company.currency } },
      visits: { nodes: { length: 2 } },
      tasks: { nodes: [{ id: story.task, title: words.followUp }] },
      files: [{ name: words.file }],
      upcoming: { nodes: [{ __typename: 'Visit' }] },
    })
    expect(customer.timeline.nodes.map(({ __typename }: any) => __typename).toSorted()).toEqual(['Contact', 'Visit'])
  })
}
