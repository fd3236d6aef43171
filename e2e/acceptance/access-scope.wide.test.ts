import { customer360 } from '@clientele/cli/sample/customer-360'
import type { TestActor } from '@clientele/testkit'
import { until } from '@clientele/testkit'
import { startAcceptance } from '../platform/platform.js'

const platform = await startAcceptance()
const north: TestActor = { roles: ['sales'], territories: ['emea/de'], subject: 'nora' }
const neighbour: TestActor = { roles: ['sales'], territories: ['emea/dee'], subject: 'nils' }
const manager: TestActor = { roles: ['manager'], territories: ['emea'] }
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const VISIT = 'mutation ($input: PlanVisitInput!) { planVisit(input: $input) { id } }'
const aVisit = (customerId: string) => ({
  customerId,
  mode: 'PHONE',
  purpose: 'First call',
  plannedStart: '2026-11-10T09:00:00Z',
  plannedEnd: '2026-11-10T10:00:00Z',
})
const enter = async (actor: TestActor, fields: object = {}) => {
  const input = { kind: 'PERSON', displayName: '李娜', ...fields }
  return (await platform.ask(actor, CREATE, { input })).createCustomer.id as string
}
const asked = async (actor: TestActor, id: string) => (await platform.request(actor, customer360, { id })) as any

test('a customer who was just entered is reached in every service at once', async () => {
  const id = await enter(north)
  await platform.ask(north, VISIT, { input: aVisit(id) })
  const { data, errors } = await asked(north, id)
  expect(errors).toBeUndefined()
  expect(data.customer).toMatchObject({ displayName: '李娜', visits: { totalCount: 1 }, complaints: { nodes: [] } })
})

test('a customer outside of the access scope is not found, whichever service is asked', async () => {
  const id = await enter(north, { territory: 'emea/de' })
  await platform.ask(north, VISIT, { input: aVisit(id) })
  expect(await asked(neighbour, id)).toMatchObject({
    data: { customer: null },
    errors: [{ extensions: { code: 'NOT_FOUND' } }],
  })
  const refused = await platform.request(neighbour, VISIT, { input: aVisit(id) })
  expect(refused.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
  for (const list of ['customers', 'visits', 'complaints']) {
    expect((await platform.ask(neighbour, `{ ${list} { totalCount } }`))[list]).toEqual({ totalCount: 0 })
  }
  expect((await asked(manager, id)).data.customer.visits.totalCount).toBe(1)
})

test('a customer who moves to another territory takes everything along', async () => {
  const id = await enter(manager, { territory: 'emea/de' })
  await platform.ask(manager, VISIT, { input: aVisit(id) })
  await platform.ask(manager, 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }', {
    input: { id, territory: 'emea/dee', ownerId: null },
  })
  expect((await asked(north, id)).data.customer).toBeNull()
  const { data } = await until(async () => {
    const answer = await asked(neighbour, id)
    return answer.data.customer?.visits?.totalCount === 1 && answer
  })
  expect(data.customer.displayName).toBe('李娜')
  const seen = async (actor: TestActor) =>
    (await platform.ask(actor, '{ visits(first: 100) { nodes { customer { id } } } }')).visits.nodes.map(
      ({ customer }: { customer: { id: string } }) => customer.id,
    )
  expect(await seen(neighbour)).toEqual([id])
  expect(await seen(north)).not.toContain(id)
})

test('what an analyst may not see is null and named, through the gateway too', async () => {
  const id = await enter(manager, { contactPoints: [{ kind: 'EMAIL', value: 'li.na@example.com' }] })
  const { customer } = await platform.ask(
    'analyst',
    'query ($id: ID!) { customer(id: $id) { displayName redactedFields contactPoints { kind value } } }',
    { id },
  )
  expect(customer).toMatchObject({ displayName: null, contactPoints: [{ kind: 'EMAIL', value: null }] })
  expect(customer.redactedFields).toEqual(expect.arrayContaining(['displayName', 'contactPoints.value']))
})
