import { until } from '@clientele/testkit'
import { startAcceptance } from '../platform/platform.js'

const platform = await startAcceptance()
const far = { roles: ['manager'], subject: 'far', territories: ['amer'] }
const ann = { roles: ['sales'], subject: 'ann', territories: ['emea/de'] }
const change = async (name: string, type: string, input: object) =>
  (await platform.ask(far, `mutation ($input: ${type}!) { ${name}(input: $input) { id } }`, { input }))[name]
const SEEN = `query ($id: ID!) {
  task(id: $id) { title customerId customer { number displayName complaints { totalCount } } }
  myAgenda { nodes { item { ... on Task { customer { number } } } } }
  notifications { nodes { text customerId customer { number } } } }`

test('whoever has a task beyond their customers sees the task and no customer, and nothing is told to be broken', async () => {
  await platform.ask('admin', 'query ($id: ID!) { staffMember(id: $id) { id } }', { id: 'ann' })
  const customer = await change('createCustomer', 'CreateCustomerInput', {
    kind: 'PERSON',
    displayName: '李娜 🌸',
    territory: 'amer',
  })
  const input = { title: '回电', customerId: customer.id, assigneeId: 'ann', dueAt: '2030-03-12T16:00:00.000Z' }
  const { id } = await until(() => change('createTask', 'CreateTaskInput', input).catch(() => undefined))
  const query = { query: SEEN, variables: { id } }
  const authorization = `Bearer ${await platform.token(ann)}`
  // The second time it is a cached operation.
  for (let time = 0; time < 2; time++) {
    const { body } = await platform.post(query, { authorization })
    expect(body.errors).toBeUndefined()
    expect(body.data).toEqual({
      task: { title: '回电', customerId: customer.id, customer: null },
      myAgenda: { nodes: [{ item: { customer: null } }] },
      notifications: { nodes: [{ text: 'New task: 回电', customerId: customer.id, customer: null }] },
    })
  }
  const seen = await platform.ask(far, 'query ($id: ID!) { task(id: $id) { customer { displayName } } }', { id })
  expect(seen).toEqual({ task: { customer: { displayName: '李娜 🌸' } } })
})
