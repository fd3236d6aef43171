import { randomUUID } from 'node:crypto'
import { startPlatform, type TestActor } from '@clientele/testkit'
import { addCustomer, asked, profilesFixture } from '@clientele/testkit/profiles'
import { interactions } from '../service.js'

const platform = await startPlatform([interactions, profilesFixture])

const CUSTOMERS =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id contacts { totalCount } } } }'
const RECORD = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { customerId } }'
const german: TestActor = { roles: ['sales'], territories: ['emea/de'] }

const aCustomer = ({ tenant = 'acme', ...fields }: { ownerId?: string; territory?: string; tenant?: string }) => {
  const id = randomUUID()
  addCustomer(tenant, id, fields)
  return id
}
const stubs = async (actor: TestActor | string, ids: readonly string[]) => {
  const r = ids.map((id) => ({ __typename: 'Customer', id }))
  const { _entities } = await platform.as('interactions', actor).query(CUSTOMERS, { r })
  return _entities.map((stub: { id: string } | null) => stub?.id ?? null)
}
const record = (actor: TestActor | string, customerId: string) =>
  platform
    .as('interactions', actor)
    .mutate(RECORD, { input: { customerId, kind: 'NOTE', direction: 'INTERNAL', body: 'b' } })

test('customers who were only just created are found by asking profiles, all of a request at once', async () => {
  const here = aCustomer({ territory: 'emea/de/bayern' })
  const there = aCustomer({ territory: 'emea/dee' })
  const other = aCustomer({ territory: 'emea/de', tenant: 'globex' })
  const nobody = randomUUID()
  asked.length = 0
  expect(await stubs(german, [here, there, nobody, other, 'x', here.toUpperCase()])).toEqual([
    here,
    null,
    null,
    null,
    null,
    here.toUpperCase(),
  ])
  expect(asked).toHaveLength(1)
})

test('profiles is asked nothing for whoever has every customer in scope', async () => {
  asked.length = 0
  const ids = [aCustomer({}), randomUUID()]
  expect(await stubs('analyst', ids)).toEqual(ids)
  expect(asked).toEqual([])
})

test('something begun with a customer who was only just created keeps the customer, who is asked for once', async () => {
  const id = aCustomer({ territory: 'emea/de' })
  asked.length = 0
  expect(await record(german, id)).toEqual({ recordContact: { customerId: id } })
  expect(await record(german, id.toUpperCase())).toEqual({ recordContact: { customerId: id } })
  expect(await stubs(german, [id])).toEqual([id])
  expect(asked).toEqual([[id]])
})

test.each([
  ['sales', { territory: 'emea/dee' }],
  ['sales', {}],
  ['sales', { territory: 'emea/de', tenant: 'globex' }],
])('for %s a customer of %j is none', async (role, fields) => {
  const actor = { roles: [role], territories: ['emea/de'] }
  await expect(record(actor, aCustomer(fields))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'customer.unknown',
  })
  await expect(record(actor, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
})
