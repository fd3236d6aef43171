import { until } from '@clientele/testkit'
import { startKillable } from './killable.js'

const complaints = 24
const platform = await startKillable()
afterAll(platform.stop)

const change = async (name: string, type: string, input: object) =>
  (await platform.ask('manager', `mutation ($input: ${type}!) { ${name}(input: $input) { id } }`, { input }))[name].id
const READ = `query ($id: ID!) { automation(id: $id) { fired conditionFalse runs(first: 100) { nodes { outcome reason
  customer { id } actions { kind outcome reason madeId } } } } }`

const count = async (service: string, of: string) =>
  (await platform.rows<{ n: number }>(service, `select count(*)::int as n from ${of}`))[0]!.n

test('a process that is killed between what happened and what an automation does about it does each action once, and its log is complete', async () => {
  const definition = {
    trigger: { event: 'COMPLAINT_RECEIVED' },
    eventCondition: { severity: { in: ['HIGH'] } },
    actions: [
      { createTask: { kind: 'call.back', title: '回电 📞 اتصل', dueInHours: 4, assignee: { owner: true } } },
      { notify: { text: '请注意 ⚠️', to: { owner: true } } },
      { tag: ['投诉客户'] },
    ],
  }
  const id = await change('createAutomation', 'CreateAutomationInput', { name: '投诉处理', definition })
  await change('startAutomation', 'ChangeAutomationInput', { id })
  const create = (_: unknown, at: number) => {
    const customer = { kind: 'PERSON', displayName: `客户 ${at}`, territory: 'emea', idempotencyKey: `customer-${at}` }
    return change('createCustomer', 'CreateCustomerInput', customer)
  }
  const customers: string[] = await Promise.all(Array.from({ length: complaints }, create))
  const complain = async (customerId: string, at: number) => {
    const complaint = { customerId, channel: 'phone', description: 'broken', severity: at % 2 ? 'HIGH' : 'LOW' }
    await change('receiveComplaint', 'ReceiveComplaintInput', { ...complaint, idempotencyKey: `complaint-${at}` })
  }
  const asked = complaints / 2
  const [first, last] = [customers.slice(0, asked), customers.slice(asked)]
  const complaining = Promise.all(first.map(complain))
  // In the middle: something was done about the first ones, and nothing about the others.
  await until(() => count('interactions', 'task'))
  const others = Promise.all(last.map((customerId, at) => complain(customerId, asked + at)))
  await platform.kill()
  await Promise.all([complaining, others])

  const { fired, conditionFalse, runs } = await until(async () => {
    const { automation } = await platform.ask('manager', READ, { id })
    const actions = automation.runs.nodes.flatMap((run: any) => run.actions)
    return actions.length === 3 * asked && actions.every(({ outcome }: any) => outcome) && automation
  })
  expect({ fired, conditionFalse }).toEqual({ fired: asked, conditionFalse: asked })
  expect(new Set(runs.nodes.map((run: any) => run.customer.id))).toEqual(new Set(customers.filter((_, at) => at % 2)))
  for (const { outcome, actions } of runs.nodes) {
    expect(outcome).toBe('FIRED')
    expect(actions.map((one: any) => `${one.kind} ${one.outcome} ${one.reason}`)).toEqual([
      ...['CREATE_TASK DONE null', 'NOTIFY DONE null', 'TAG DONE null'],
    ])
  }
  const tasks = await platform.rows<{ id: string }>('interactions', 'select id from task')
  expect(tasks.map((task) => task.id).sort()).toEqual(runs.nodes.map((run: any) => run.actions[0].madeId).sort())
  expect(await count('interactions', `notification where kind = 'AUTOMATION'`)).toBe(asked)
  const tagged = await platform.events('clientele.evt.acme.profiles.customer.tagged.v1.*')
  expect(tagged.map(({ partitionkey }) => partitionkey).sort()).toEqual(customers.filter((_, at) => at % 2).sort())
  for (const service of ['segmentation', 'interactions', 'profiles'])
    expect(await count(service, 'dead_letter')).toBe(0)
})
