import { randomUUID } from 'node:crypto'
import { startAcceptance } from '../platform/platform.js'

const platform = await startAcceptance()
const mia = { roles: ['manager'], subject: 'mia', territories: [''] }
const change = async (name: string, type: string, input: object, selection = 'id') =>
  (await platform.ask(mia, `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, { input }))[name]
const until = async <T>(what: () => Promise<T | undefined | false>): Promise<T> => {
  const end = Date.now() + 60_000
  for (;;) {
    const found = await what()
    if (found) return found
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
const RUNS = `query ($id: ID!) { automation(id: $id) { fired runs { nodes { outcome reason why
  actions { kind outcome reason madeType madeId } } } } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ownerId tags { name } tasks { nodes { id title priority assigneeId source { service } createdBy } } } }`

test('a complaint sets off a task, a notice, tags and an owner, each by its own service on behalf of the author, and the audit log names both', async () => {
  for (const subject of ['mia', 'ben', '陈晓雨']) {
    await platform.ask('admin', 'query ($id: ID!) { staffMember(id: $id) { id } }', { id: subject })
  }
  const key = `care-${randomUUID()}`
  const team = { key, name: '客服', memberIds: ['ben', '陈晓雨'] }
  await platform.ask('admin', 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }', {
    input: team,
  })
  const customer = await change('createCustomer', 'CreateCustomerInput', {
    kind: 'PERSON',
    displayName: '李娜 🌸',
    tags: ['alt'],
  })
  const definition = {
    trigger: { event: 'COMPLAINT_RECEIVED' },
    customerCondition: { openComplaints: { gte: 1 } },
    actions: [
      {
        createTask: {
          kind: 'call.back',
          title: '回电 📞 اتصل',
          priority: 'HIGH',
          dueInHours: 8,
          inWorkingHours: true,
          assignee: { assigneeId: 'ben' },
        },
      },
      { notify: { text: '请注意 ⚠️ انتبه', to: { assigneeId: 'ben' } } },
      { tag: ['投诉客户'] },
      { untag: ['alt'] },
      { createTask: { kind: 'x', title: 'for the owner', dueInHours: 1, assignee: { owner: true } } },
      { assign: { teamKey: key } },
      { createTask: { kind: 'x', title: 'for a team', dueInHours: 1, assignee: { teamKey: key } } },
    ],
  }
  const { id } = await change('createAutomation', 'CreateAutomationInput', { name: '投诉处理', definition })
  await change('startAutomation', 'ChangeAutomationInput', { id })
  const complaint = { customerId: customer.id, channel: 'phone', description: 'broken', severity: 'HIGH' }
  await change('receiveComplaint', 'ReceiveComplaintInput', complaint)
  const run = await until(async () => {
    const { automation } = await platform.ask(mia, RUNS, { id })
    const [first] = automation.runs.nodes
    return first?.actions.every(({ outcome }: any) => outcome) && first
  })
  expect(run).toMatchObject({ outcome: 'FIRED', why: 'A customer complained. open complaints >= 1' })
  expect(run.actions.map(({ kind, outcome, reason, madeType }: any) => [kind, outcome, reason, madeType])).toEqual([
    ['CREATE_TASK', 'DONE', null, 'task'],
    ['NOTIFY', 'DONE', null, null],
    ['TAG', 'DONE', null, 'customer'],
    ['UNTAG', 'DONE', null, 'customer'],
    ['CREATE_TASK', 'DONE', null, 'task'],
    ['ASSIGN', 'DONE', null, 'customer'],
    ['CREATE_TASK', 'DONE', null, 'task'],
  ])
  const { customer: after } = await platform.ask(mia, CUSTOMER, { id: customer.id })
  expect(after.tags).toEqual([{ name: '投诉客户' }])
  expect(['ben', '陈晓雨']).toContain(after.ownerId)
  expect(after.tasks.nodes).toHaveLength(3)
  expect(after.tasks.nodes).toContainEqual(
    expect.objectContaining({ title: 'for the owner', assigneeId: after.ownerId }),
  )
  expect(after.tasks.nodes).toContainEqual(
    expect.objectContaining({
      title: '回电 📞 اتصل',
      priority: 'HIGH',
      assigneeId: 'ben',
      createdBy: 'service:interactions',
    }),
  )
  const told = await platform.ask({ roles: ['sales'], subject: 'ben' }, '{ notifications { nodes { kind text } } }')
  expect(told.notifications.nodes).toContainEqual({ kind: 'AUTOMATION', text: '请注意 ⚠️ انتبه' })
  const LOG = `{ auditLog(first: 100, filter: { onBehalfOf: "mia" }) { nodes { service subject action outcome onBehalfOf onBehalfKind onBehalfId } } }`
  const { auditLog } = await platform.ask('admin', LOG)
  const entries = auditLog.nodes.map(({ subject, action }: any) => `${subject} ${action}`)
  for (const entry of [
    'service:interactions task.created',
    'service:profiles customer.tagged',
    'service:profiles customer.updated',
  ]) {
    expect(entries).toContain(entry)
  }
  expect(auditLog.nodes.map(({ onBehalfId }: any) => onBehalfId)).toContain(id)
})

test('an automation that tags whoever is tagged does so once, and its own tag does not set it off', async () => {
  const customer = await change('createCustomer', 'CreateCustomerInput', { kind: 'PERSON', displayName: 'Loop' })
  const definition = { trigger: { event: 'CUSTOMER_TAGGED' }, actions: [{ tag: ['round'] }] }
  const { id } = await change('createAutomation', 'CreateAutomationInput', { name: 'round', definition })
  await change('startAutomation', 'ChangeAutomationInput', { id })
  await change('tagCustomer', 'TagCustomerInput', { id: customer.id, tags: ['start'] })
  const runs = await until(async () => {
    const { automation } = await platform.ask(mia, RUNS, { id })
    return automation.runs.nodes.length === 2 && automation.runs.nodes
  })
  expect(runs.map(({ outcome, reason }: any) => `${outcome} ${reason}`)).toEqual([
    'SUPPRESSED_LOOP automation.own_consequence',
    'FIRED null',
  ])
})
