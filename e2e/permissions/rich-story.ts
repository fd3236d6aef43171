import { type startAcceptance, startReceiver, until } from '../platform/platform.js'

type Acceptance = Awaited<ReturnType<typeof startAcceptance>>

/** Gives every field that can be hidden a value, so that its being null says something. Answers with the answer that shows a webhook's secret. */
export const enrich = async (platform: Acceptance, customerId: string) => {
  const run = async (mutation: string, input: object, selection = '{ __typename }') => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
    const { [mutation]: made } = await platform.ask(
      'admin',
      `mutation ($input: ${INPUTS[mutation] ?? type}!) { ${mutation}(input: $input) ${selection} }`,
      { input },
    )
    return made
  }
  const person = {
    gender: 'MALE',
    occupation: '木匠',
    birthDate: '1990-01-02',
    identityNumber: '110101199001021234',
    incomeBand: 'B3',
  }
  const address = { lines: ['1 Quay'], city: 'Hamburg', region: 'HH', postalCode: '20457', country: 'DE' }
  await run('updateCustomer', {
    id: customerId,
    person,
    addresses: [address, { kind: 'OTHER', lines: ['2'], country: 'Neverland' }],
  })
  await run('createCustomer', {
    kind: 'ORGANIZATION',
    organization: { legalName: '上海木作有限公司', registrationNumber: '91310000MA1FL1234X' },
    contactPeople: [{ name: '李娜', role: 'Buyer' }],
  })
  await enrichVisits(run, customerId)
  await enrichComplaints(run, customerId)
  await run('recordContact', {
    customerId,
    kind: 'CALL',
    direction: 'INBOUND',
    subject: 'Late parcel',
    body: 'Asks where it is.',
  })
  await enrichSurveys(run, customerId)
  await enrichPurchases(platform, run, customerId)
  return enrichWebhooks(platform, run)
}

type Run = (mutation: string, input: object, selection?: string) => Promise<{ id: string }>

const INPUTS: Record<string, string> = {
  startVisit: 'ChangeVisitInput',
  acknowledgeComplaint: 'ChangeComplaintInput',
  investigateComplaint: 'ChangeComplaintInput',
}

const enrichVisits = async (run: Run, customerId: string) => {
  const plan = {
    customerId,
    mode: 'PHONE',
    purpose: 'Follow-up',
    plannedStart: '2026-11-12T09:00:00Z',
    plannedEnd: '2026-11-12T10:00:00Z',
  }
  const moved = await run('planVisit', plan, '{ id }')
  await run('rescheduleVisit', { id: moved.id, plannedStart: '2026-11-13T09:00:00Z', reason: 'Away' })
  await run('cancelVisit', { id: moved.id, reason: 'Ill' })
  const held = await run('planVisit', plan, '{ id }')
  await run('startVisit', { id: held.id })
  await run('completeVisit', { id: held.id, report: { summary: 'Went well', customerFeedback: 'Wants more oak' } })
}

const enrichComplaints = async (run: Run, customerId: string) => {
  const { id } = await run(
    'receiveComplaint',
    {
      customerId,
      channel: 'phone',
      category: 'delivery',
      severity: 'HIGH',
      safety: false,
      description: 'Open parcel',
      desiredRemedy: 'A new one',
    },
    '{ id }',
  )
  await run('acknowledgeComplaint', { id })
  await run('assessComplaint', { id, category: 'delivery', severity: 'HIGH', ownerTeam: 'logistics' })
  await run('escalateComplaint', { id, reason: 'Second time' })
  await run('investigateComplaint', { id })
  await run('recordRootCause', { id, rootCause: 'Torn box' })
  await run('proposeResponse', { id, resolution: { decision: 'UPHELD', remedy: 'Replacement' } })
}

const enrichSurveys = async (run: Run, customerId: string) => {
  const questions = [{ key: 'words', kind: 'TEXT', text: { en: 'In your words?' }, required: true }]
  const { id } = await run('createSurvey', { key: 'in-words', title: 'In words', questions }, '{ id }')
  await run('publishSurvey', { id })
  await run('recordResponse', {
    surveyId: id,
    customerId,
    mode: 'AGENT',
    answers: [{ question: 'words', text: '很好 👍' }],
  })
}

const enrichPurchases = async (platform: Acceptance, run: Run, customerId: string) => {
  const PURCHASES = 'query ($id: ID!) { customer(id: $id) { purchases { nodes { id } } } }'
  const { customer } = await platform.ask('admin', PURCHASES, { id: customerId })
  for (const { id } of customer.purchases.nodes) {
    await run('correctPurchase', { id, paymentMethod: 'cash', reason: 'Paid in cash' })
  }
}

const enrichWebhooks = async (platform: Acceptance, run: Run) => {
  const receiver = await startReceiver({ status: 422, text: 'not understood' })
  platform.defer(receiver.stop)
  const selection = '{ __typename id secret }'
  const created = await run('createWebhookEndpoint', { url: receiver.url, types: ['*'] }, selection)
  await run('sendTestEvent', { endpointId: created.id })
  await until(async () => receiver.received.length > 0)
  return { data: { createWebhookEndpoint: created } }
}
