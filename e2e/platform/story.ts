import type { startAcceptance } from './platform.js'

type Acceptance = Awaited<ReturnType<typeof startAcceptance>>

/** Personal data of the story's customer: none of it may ever be in an event. */
export const personal = ['Wei Zhang', '张伟', 'zhang.wei@example.com', '+8613800138000', '13800138000', 'Nanjing Road']

/** Lets one customer be visited, complain, answer a survey, buy, be tagged and be linked, through the gateway; resolves with the id. */
export const tellStory = async (platform: Acceptance) => {
  const as = (role: string) => (query: string, variables: object) => platform.ask(role, query, variables)
  const manager = as('manager')
  const { createCustomer: customer } = await manager(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id number } }',
    {
      input: {
        kind: 'PERSON',
        person: { familyName: '张', givenName: '伟' },
        displayName: '张伟 Wei Zhang',
        contactPoints: [
          { kind: 'EMAIL', value: 'zhang.wei@example.com' },
          { kind: 'PHONE', value: '138 0013 8000', country: 'CN' },
        ],
        addresses: [{ lines: ['100 Nanjing Road'], city: 'Shanghai', country: 'CN' }],
        tags: ['vip'],
        origin: { system: 'erp', externalId: 'C-77' },
      },
    },
  )
  const customerId = customer.id as string
  await manager('mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }', {
    input: {
      customerId,
      orderedAt: '2026-11-01T08:00:00Z',
      currency: 'CNY',
      lines: [
        { sku: 'A1', quantity: '2', unitPrice: '149.50' },
        { sku: 'B2', quantity: '1', unitPrice: '20', discount: '0.1' },
      ],
    },
  })
  const { planVisit: visit } = await as('sales')(
    'mutation ($input: PlanVisitInput!) { planVisit(input: $input) { id } }',
    {
      input: {
        customerId,
        mode: 'ONSITE',
        purpose: 'Quarterly review with Wei Zhang',
        plannedStart: '2026-11-10T09:00:00Z',
        plannedEnd: '2026-11-10T10:00:00Z',
      },
    },
  )
  await as('sales')('mutation ($input: StartVisitInput!) { startVisit(input: $input) { status } }', {
    input: { id: visit.id },
  })
  await as('sales')('mutation ($input: CompleteVisitInput!) { completeVisit(input: $input) { status } }', {
    input: { id: visit.id, report: { summary: '张伟 is content' } },
  })
  await as('service')('mutation ($input: ReceiveComplaintInput!) { receiveComplaint(input: $input) { id } }', {
    input: { customerId, channel: 'phone', severity: 'HIGH', description: 'Wei Zhang’s parcel arrived open' },
  })
  const { createSurvey: survey } = await manager(
    'mutation ($input: CreateSurveyInput!) { createSurvey(input: $input) { id } }',
    {
      input: {
        key: 'after-visit',
        title: 'After a visit',
        questions: [
          {
            key: 'recommend',
            kind: 'NPS',
            text: { en: 'Would you recommend us?', zh: '您会推荐我们吗？' },
            required: true,
          },
          { key: 'content', kind: 'CSAT', text: { en: 'How content are you?' }, required: true },
        ],
      },
    },
  )
  await manager('mutation ($input: PublishSurveyInput!) { publishSurvey(input: $input) { id } }', {
    input: { id: survey.id },
  })
  const { inviteToSurvey: invited } = await manager(
    'mutation ($input: InviteToSurveyInput!) { inviteToSurvey(input: $input) { token } }',
    { input: { surveyId: survey.id, customerId, channel: 'email' } },
  )
  // The customer answers without logging in.
  const { body } = await platform.post({
    query: 'mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { __typename } }',
    variables: {
      input: {
        token: invited.token,
        answers: [
          { question: 'recommend', score: 9 },
          { question: 'content', score: 4 },
        ],
      },
    },
  })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  await manager('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }', {
    input: {
      key: 'vip-complaints',
      name: 'VIPs who complain',
      kind: 'DYNAMIC',
      rule: {
        all: [
          { tag: { has: 'vip' } },
          { openComplaints: { gte: 1 } },
          { nps: { gte: 9 } },
          { purchaseCount: { gte: 1 } },
        ],
      },
    },
  })
  return { customerId, number: customer.number as string }
}
