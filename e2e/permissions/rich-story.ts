import { until } from '@clientele/testkit'
import { type startAcceptance, startReceiver } from '../platform/platform.js'

type Acceptance = Awaited<ReturnType<typeof startAcceptance>>

/** Gives every field that can be hidden a value, so that its being null says something; `told` are some who are notified. Answers with what is shown once: the secret of a webhook, and the links to which files are uploaded. */
export const enrich = async (platform: Acceptance, customerId: string, told: readonly string[]) => {
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
  })
  await run('replaceAddresses', { customerId, addresses: [address] })
  await run('addAddress', { customerId, kind: 'OTHER', lines: ['2'], country: 'NL' })
  await run('importCustomers', {
    system: 'erp',
    rows: [
      {
        externalId: 'far-away',
        kind: 'PERSON',
        person: { familyName: 'Pan' },
        addresses: [{ kind: 'MAIN', lines: ['3'], country: 'Neverland' }],
      },
    ],
  })
  await run('createCustomer', {
    kind: 'ORGANIZATION',
    organization: { legalName: '上海木作有限公司', registrationNumber: '91310000MA1FL1234X' },
    contactPeople: [{ name: '李娜', role: 'Buyer' }],
  })
  await enrichStaff(run)
  await enrichVisits(run, customerId)
  await enrichComplaints(run, customerId)
  await enrichContacts(run, customerId)
  await enrichTasks(run, customerId, told)
  await enrichSurveys(run, customerId)
  const announced = await enrichFiles(run, customerId)
  await enrichPurchases(platform, run, customerId)
  return { createWebhookEndpoint: await enrichWebhooks(platform, run), ...announced }
}

type Run = (mutation: string, input: object, selection?: string) => Promise<{ id: string; uploadUrl?: string }>

const INPUTS: Record<string, string> = {
  acknowledgeComplaint: 'ChangeComplaintInput',
  investigateComplaint: 'ChangeComplaintInput',
  ...Object.fromEntries(
    ['Customer', 'Visit', 'Complaint', 'Contact', 'Task'].map((owner) => [`attach${owner}File`, `${owner}FileInput`]),
  ),
}

const enrichStaff = async (run: Run) => {
  const [mia, sam] = [
    await run('recordStaff', { subject: 'mia', name: '米娅', email: 'mia@example.com' }, '{ id }'),
    await run('recordStaff', { subject: 'sam', name: 'Sam', skills: ['oak'] }, '{ id }'),
  ]
  await run('setSubstitute', { staffId: mia.id, substituteId: sam.id })
  await run('recordAbsence', { staffId: mia.id, from: '2026-12-01', until: '2026-12-05', reason: 'VACATION' })
  await run('createTeam', { key: 'logistics', name: '物流', leadId: mia.id, memberIds: [mia.id, sam.id] })
}

const enrichContacts = async (run: Run, customerId: string) => {
  const call = { customerId, kind: 'CALL', direction: 'INBOUND', subject: 'Late parcel', body: 'Asks where it is.' }
  for (const reason of ['Typo', 'Wrong customer']) {
    const { id } = await run('recordContact', call, '{ id }')
    await run('correctContact', { id, body: 'Asks for a date.', reason })
    if (reason !== 'Typo') await run('voidContact', { id, reason })
  }
}

const enrichTasks = async (run: Run, customerId: string, told: readonly string[]) => {
  const task = {
    customerId,
    title: 'Call back',
    note: 'After lunch',
    teamKey: 'logistics',
    dueAt: '2026-11-12T09:00:00Z',
  }
  const done = await run('createTask', task, '{ id }')
  await run('completeTask', { id: done.id, note: 'Reached them' })
  const calledOff = await run('createTask', task, '{ id }')
  await run('cancelTask', { id: calledOff.id, reason: 'They wrote' })
  for (const subject of told) {
    await run('recordStaff', { subject, name: 'Ada' })
    await run('createTask', { ...task, teamKey: null, assigneeId: subject })
  }
  await run('reassignWork', { fromId: 'somebody', teamKey: 'logistics', kinds: ['TASKS'] }, '{ id }')
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
  for (const { id } of [moved, held]) await run('correctVisit', { id, purpose: 'Yearly review', reason: 'Typo' })
  const mistaken = await run('planVisit', plan, '{ id }')
  await run('voidVisit', { id: mistaken.id, reason: 'Wrong customer' })
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
  await run('correctComplaint', { id, description: 'Torn parcel', reason: 'Typo' })
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

/** Files that are had, refused and awaited, of one of each that has some; answers with what announced the last of a customer. */
const enrichFiles = async (run: Run, customerId: string) => {
  const plan = {
    ...{ customerId, mode: 'PHONE', purpose: 'Photos' },
    ...{ plannedStart: '2026-11-12T09:00:00Z', plannedEnd: '2026-11-12T10:00:00Z' },
  }
  const owners = {
    Visit: await run('planVisit', plan, '{ id }'),
    Complaint: await run('receiveComplaint', { customerId, channel: 'mail', description: 'Photos' }, '{ id }'),
    Contact: await run('recordContact', { customerId, kind: 'MAIL', direction: 'INBOUND', body: 'Photos' }, '{ id }'),
    // Due before the others: it is on the first page.
    Task: await run(
      'createTask',
      { customerId, title: 'Photos', teamKey: 'logistics', dueAt: '2026-11-02T09:00:00Z' },
      '{ id }',
    ),
    Customer: { id: customerId },
  }
  const selection = '{ __typename id uploadUrl }'
  const shown: Record<string, unknown> = {}
  for (const [owner, { id: ownerId }] of Object.entries(owners)) {
    const stage = (bytes: number) => {
      const input = { [`${owner.toLowerCase()}Id`]: ownerId, name: '合同.txt', bytes }
      return run(`stage${owner}File`, input, selection)
    }
    for (const body of ['MZ is how programs begin', 'kept', image]) {
      const { id, uploadUrl } = await stage(body.length)
      await fetch(uploadUrl as string, { method: 'PUT', body })
      await run(`attach${owner}File`, { id })
    }
    shown[`stage${owner}File`] = await stage(1)
  }
  return shown
}

const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

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
  return created
}
