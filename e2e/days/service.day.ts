import { until } from '@clientele/testkit'
import { type Company, dateIn, inDays } from './company.js'

export const serviceDay = (company: Company) => {
  const { service, sales, manager, buyer, words, story, script, currency, timeZone } = company
  const complaint = (description: string, more = {}) => ({
    input: { customerId: story.customer, channel: 'phone', category: 'delivery.damaged', description, ...more },
  })

  test('recognises who calls by their number, with what is open and what was said last', async () => {
    const { searchCustomers } = await service.ask('FindCustomer', { text: buyer.phone.replace(/\d$/, '9') })
    expect(searchCustomers.nodes).toMatchObject([
      {
        customer: { id: story.customer, complaints: { totalCount: 0 }, contacts: { nodes: [{ subject: words.call }] } },
      },
    ])
    const { redactedFields } = searchCustomers.nodes[0].customer
    expect(redactedFields).toEqual(expect.arrayContaining(['person.birthDate', 'person.identityNumber']))
    expect(redactedFields).not.toContain('displayName')
  })

  test('takes the complaint down by phone: nobody has to answer on the holidays', async () => {
    const { receiveComplaint } = await service.ask('ReceiveComplaint', complaint(words.complaint))
    expect(receiveComplaint).toMatchObject({ status: 'RECEIVED', customer: { id: story.customer }, overdue: false })
    story.complaint = receiveComplaint.id
    story.complaintNumber = receiveComplaint.number
    const days = [1, 2, 3, 4, 5].map((days) => dateIn(timeZone, days))
    const dueOn = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(receiveComplaint.acknowledgeBy))
    expect(days).not.toContain(dueOn)
    expect(dueOn > days.at(-1)!).toBe(true)
  })

  test('sets right what was heard wrongly, and the history says why', async () => {
    const input = { id: story.complaint, description: `${words.complaint} 🙏`, reason: words.again }
    await service.ask('CorrectComplaint', { input })
    const { complaint: seen } = await service.ask('ComplaintView', { id: story.complaint })
    expect(seen).toMatchObject({
      description: input.description,
      corrections: [{ reason: words.again, changedFields: ['description'] }],
    })
  })

  test('marks the second call about it as a duplicate, in whichever order', async () => {
    const { receiveComplaint } = await service.ask('ReceiveComplaint', complaint(words.again))
    const input = { id: receiveComplaint.id, duplicateOfId: story.complaint }
    const { markComplaintDuplicate } = await service.ask('MarkDuplicate', { input })
    expect(markComplaintDuplicate).toMatchObject({
      status: 'DUPLICATE',
      duplicateOf: { number: story.complaintNumber },
    })
    const circle = { input: { id: story.complaint, duplicateOfId: receiveComplaint.id } }
    const refused = await service.refused('MarkDuplicate', circle)
    expect(refused.message).toMatch(script)
  })

  test('acknowledges within the time and gives it to the team, whose members are told', async () => {
    const id = story.complaint
    const assess = { id, category: 'delivery.damaged', severity: 'HIGH', ownerTeam: 'complaints-desk' }
    const answer = await service.ask('AcknowledgeAndAssess', { acknowledge: { id }, assess })
    const { acknowledgedAt, acknowledgeBy } = answer.acknowledgeComplaint
    expect(acknowledgedAt < acknowledgeBy).toBe(true)
    expect(answer.assessComplaint).toMatchObject({ status: 'ASSESSED', team: { name: words.team } })
    const told = await until(async () => {
      const { notifications } = await manager.ask('MyDay')
      return notifications.nodes.find(({ kind }: any) => kind === 'COMPLAINT_ASSIGNED')
    })
    expect(told.subject).toEqual({ type: 'complaint', id })
    const unknown = await service.refused('AcknowledgeAndAssess', {
      acknowledge: { id },
      assess: { ...assess, ownerTeam: 'nobody' },
    })
    expect(unknown).toMatchObject({ code: 'CONFLICT' })
  })

  test('waits for the customer’s picture: the clock stands still until it is there', async () => {
    const id = story.complaint
    await service.ask('Investigate', { input: { id } })
    const { awaitCustomer } = await service.ask('AskCustomer', { input: { id, question: words.asked } })
    expect(awaitCustomer).toMatchObject({ status: 'AWAITING_CUSTOMER', pausedAt: expect.any(String) })
    const { recordCustomerReply } = await service.ask('CustomerReplied', { input: { id, reply: words.reply } })
    expect(recordCustomerReply).toMatchObject({ status: 'INVESTIGATING', pausedAt: null })
    expect(recordCustomerReply.resolveBy >= awaitCustomer.resolveBy).toBe(true)
  })

  test('cannot close it early, and is told everything that is lacking', async () => {
    const refused = await service.refused('CloseComplaint', { input: { id: story.complaint } })
    expect(refused.code).toBe('CONFLICT')
    expect(refused.message).toMatch(script)
  })

  test('decides with cause, remedy and compensation, and tells the customer, in one request', async () => {
    const id = story.complaint
    const compensation = { amount: '20.00', currency }
    const resolution = { decision: 'UPHELD', remedy: words.remedy, compensation }
    const { proposeResponse, communicateDecision } = await service.ask('Decide', {
      cause: { id, rootCause: words.cause, rootCauseCode: 'packaging' },
      response: { id, resolution },
      decision: { id },
    })
    expect(Number(proposeResponse.resolution.compensation.amount)).toBe(20)
    expect(communicateDecision).toMatchObject({ status: 'DECISION_COMMUNICATED' })
    const early = await service.refused('CloseComplaint', { input: { id } })
    expect(early).toMatchObject({ code: 'CONFLICT', reason: 'complaint.no_customer_reply' })
    expect(early.message).toMatch(script)
  })

  test('closes it with the customer’s answer, and the history has every step by name', async () => {
    const id = story.complaint
    await service.ask('CustomerReplied', { input: { id, reply: words.thanks } })
    const { closeComplaint } = await service.ask('CloseComplaint', { input: { id } })
    expect(closeComplaint).toMatchObject({ status: 'CLOSED', overdue: false })
    const { complaint: seen } = await service.ask('ComplaintView', { id })
    expect(seen.steps.every(({ by }: any) => by === service.subject)).toBe(true)
    expect(seen.steps.map(({ note }: any) => note)).toEqual(expect.arrayContaining([words.asked, words.thanks]))
  })

  test('asks the customer on the phone how content they are, and they see it at once', async () => {
    const questions = [
      {
        key: 'recommend',
        kind: 'NPS',
        required: true,
        text: { en: 'Would you recommend us?', zh: '您会推荐我们吗？' },
      },
      { key: 'content', kind: 'CSAT', required: true, text: { en: 'Are you content?', zh: '您满意吗？' } },
    ]
    const input = { key: 'after-complaint', title: words.survey, questions }
    expect((await service.refused('CreateSurvey', { input })).code).toBe('FORBIDDEN')
    const { createSurvey } = await manager.ask('CreateSurvey', { input })
    story.survey = createSurvey.id
    await manager.ask('PublishSurvey', { input: { id: story.survey } })
    const answers = [
      { question: 'recommend', score: 9 },
      { question: 'content', score: 5 },
    ]
    const { recordResponse } = await service.ask('RecordAnswers', {
      input: {
        ...{ surveyId: story.survey, customerId: story.customer, mode: 'AGENT', answers },
        context: { kind: 'COMPLAINT', id: story.complaint },
      },
    })
    expect(recordResponse).toMatchObject({ nps: 9, csat: 5, customer: { satisfaction: { nps: 9, csat: 5 } } })
  })

  test('gives sales a task about it, sees it done, and may not void what others wrote', async () => {
    const { createTask } = await service.ask('CreateTask', {
      input: {
        ...{ customerId: story.customer, title: words.remedy, assigneeId: sales.subject, dueAt: inDays(1) },
        subject: { type: 'complaint', id: story.complaint },
      },
    })
    const told = await until(async () => {
      const { notifications } = await sales.ask('MyDay')
      return notifications.nodes.find(({ subject }: any) => subject.id === createTask.id)
    })
    expect(told.kind).toBe('TASK_ASSIGNED')
    expect(told.text).toMatch(words.remedy)
    const done = await sales.ask('CompleteTask', { input: { id: createTask.id, note: words.thanks } })
    expect(done.completeTask).toMatchObject({ status: 'COMPLETED', result: { note: words.thanks } })
    const { customer } = await service.ask('CustomerView', { id: story.customer })
    const { id } = customer.timeline.nodes.find(({ __typename }: any) => __typename === 'Contact')
    const refused = await service.refused('VoidContact', { input: { id, reason: words.again } })
    expect(refused).toMatchObject({ code: 'FORBIDDEN' })
    expect(refused.message).toMatch(script)
  })
}
