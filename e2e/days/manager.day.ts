import { until } from '@clientele/testkit'
import { type Company, dateIn, inDays } from './company.js'
import { imported, otherIndustry } from './it.day.js'

export const managerDay = (company: Company) => {
  const { it, manager, sales, colleague, service, analyst, words, story, script, currency, timeZone } = company

  test('finds what their teams are late with, the latest first, and escalates it', async () => {
    const { receiveComplaint } = await service.ask('ReceiveComplaint', {
      input: {
        ...{ customerId: story.customer, channel: 'mail', severity: 'CRITICAL', description: words.again },
        receivedAt: inDays(-60),
      },
    })
    const { complaints } = await manager.ask('ComplaintInbox', {
      filter: { overdue: true },
      orderBy: { field: 'RESOLVE_BY' },
    })
    expect(complaints).toMatchObject({ totalCount: 1, nodes: [{ id: receiveComplaint.id, overdue: true }] })
    const input = { id: receiveComplaint.id, reason: words.again }
    expect((await manager.ask('EscalateComplaint', { input })).escalateComplaint.escalated).toBe(true)
    story.late = receiveComplaint.id
  })

  test('lets a colleague stand in for who is away from today', async () => {
    const staffId = story[sales.subject]
    const days = { from: dateIn(timeZone, -1), until: dateIn(timeZone, 3) }
    const { setSubstitute, recordAbsence } = await manager.ask('BeAway', {
      substitute: { staffId, substituteId: story[colleague.subject] },
      absence: { staffId, ...days, reason: 'VACATION' },
    })
    expect(setSubstitute.substitute.subject).toBe(colleague.subject)
    expect(recordAbsence.absences).toMatchObject([days])
  })

  test('sees that the substitute now handles the tasks, who has them in their own day', async () => {
    await until(async () => {
      const { tasks } = await manager.ask('TasksOf', {
        filter: { assigneeId: { eq: sales.subject }, status: { eq: 'OPEN' } },
      })
      return tasks.nodes.every(({ handledBy }: any) => handledBy.subject === colleague.subject) && tasks.totalCount
    })
    const { myAgenda } = await colleague.ask('MyDay', { to: inDays(2) })
    const entry = myAgenda.nodes.find(({ item }: any) => item.id === story.task)
    expect(entry).toMatchObject({ standsInFor: { subject: sales.subject }, item: { title: words.followUp } })
  })

  test('goes through the customers of the territory page by page, and has none of others', async () => {
    const { createCustomer } = await company.stranger.ask('CreateCustomer', {
      input: { kind: 'ORGANIZATION', organization: { legalName: 'Elsewhere Ltd' } },
    })
    const ids: string[] = []
    let after: string | null = null
    do {
      const { customers } = await manager.ask('Customers', { first: 3, after, orderBy: { field: 'DISPLAY_NAME' } })
      ids.push(...customers.nodes.map(({ id }: any) => id))
      expect(customers.totalCount).toBe(imported.all + 2)
      after = customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null
    } while (after)
    expect(new Set(ids).size).toBe(imported.all + 2)
    expect(ids).not.toContain(createCustomer.id)
  })

  test('counts the territory’s customers by industry', async () => {
    await until(async () => {
      const { customerBreakdown } = await manager.ask('Breakdown', { by: ['INDUSTRY'] })
      return customerBreakdown.total === imported.all + 2
    })
    const rule = { kind: { eq: 'ORGANIZATION' } }
    const { customerBreakdown } = await manager.ask('Breakdown', { by: ['INDUSTRY', 'CITY'], rule })
    const { city } = company.buyer.address as { city: string }
    expect(customerBreakdown).toEqual({
      total: imported.all,
      groups: [
        { values: [company.company.industry, city], count: imported.main },
        { values: [otherIndustry, city], count: imported.other },
      ],
    })
  })

  test('sees who visits whom in the next two weeks', async () => {
    const { visits } = await manager.ask('TeamVisits', { from: inDays(0), to: inDays(14) })
    expect(visits).toMatchObject({
      totalCount: 1,
      nodes: [{ purpose: words.visit, assignee: { subject: sales.subject } }],
    })
  })

  test('takes a sale out that was entered twice, and knows the revenue in the own currency', async () => {
    const lines = [{ sku: 'DESK-1', quantity: '2', unitPrice: '149.50' }]
    const { recordPurchase } = await sales.ask('RecordPurchase', {
      input: { customerId: story.customer, orderedAt: inDays(-3), currency, lines },
    })
    const input = { id: recordPurchase.id, reason: words.again }
    expect((await sales.refused('VoidPurchase', { input })).code).toBe('FORBIDDEN')
    const { voidPurchase } = await manager.ask('VoidPurchase', { input })
    expect(voidPurchase).toMatchObject({ status: 'VOIDED', customer: { purchaseSummary: { count: 1 } } })
    const { purchaseTotal } = await manager.ask('Revenue')
    expect(purchaseTotal).toMatchObject({ total: { amount: '299', currency }, unconverted: [] })
  })

  test('reads how content customers are, and nothing of the few who can be told apart', async () => {
    const { surveyReport } = await manager.ask('SurveyResult', { surveyId: story.survey })
    expect(surveyReport.questions).toMatchObject([
      { key: 'recommend', suppressed: true, score: null, distribution: [] },
      { key: 'content', suppressed: true, score: null },
    ])
  })

  test('retires a tag that is in use no longer; merging is for IT', async () => {
    const { tags } = await manager.ask('Tags')
    const { id } = tags.find(({ key }: any) => key === 'prospect')
    const { retireTag } = await manager.ask('RetireTag', { input: { id } })
    expect(retireTag.retiredAt).not.toBeNull()
    expect((await analyst.refused('RetireTag', { input: { id } })).message).toMatch(script)
  })

  test('hands on the work of somebody who left: their customers and their tasks', async () => {
    const { createTask } = await sales.ask('CreateTask', {
      input: { customerId: story.imported, title: words.call, dueAt: inDays(2), assigneeId: story.leaver },
    })
    const { markStaffLeft } = await it.ask('LeaveStaff', { input: { id: story.leaverId } })
    expect(markStaffLeft.active).toBe(false)
    const { customers } = await manager.ask('Customers', { filter: { ownerStatus: { eq: 'LEFT' } }, first: 100 })
    expect(customers.totalCount).toBe(imported.all)
    for (const { id } of customers.nodes) {
      const { updateCustomer } = await manager.ask('HandOver', { input: { id, ownerId: sales.subject } })
      expect(updateCustomer.owner.id).toBe(story[sales.subject])
    }
    const { tasks } = await manager.ask('TasksOf', {
      filter: { assigneeId: { eq: story.leaver }, status: { eq: 'OPEN' } },
    })
    expect(tasks.nodes.map(({ id }: any) => id)).toEqual([createTask.id])
    const input = { ids: [createTask.id], assigneeId: sales.subject }
    const { assignTasks } = await manager.ask('HandTasksOver', { input })
    expect(assignTasks).toMatchObject({ rejected: 0, outcomes: [{ task: { assigneeId: sales.subject } }] })
  })
}
