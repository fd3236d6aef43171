import { randomUUID } from 'node:crypto'
import { customerCreated, externalRefLinked, externalRefUnlinked, limits } from '@clientele/contracts'
import { startPlatform } from '@clientele/testkit'
import { addCustomer, asked, profilesFixture } from '@clientele/testkit/profiles'
import { integrations } from '../service.js'
import { linkOrigins } from './external-ref.consumer.js'

const statements: string[] = []
const platform = await startPlatform([integrations, profilesFixture], {
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})
const as = (role: string, tenant = 'acme') => platform.as('integrations', { roles: [role], tenant })

const LINK =
  'mutation ($input: LinkExternalRefInput!) { linkExternalRef(input: $input) { id version system entityType externalId url customer { id } } }'
const UNLINK =
  'mutation ($input: UnlinkExternalRefInput!) { unlinkExternalRef(input: $input) { id version externalId } }'
const FIND =
  'query ($system: String!, $externalId: String!) { externalRef(system: $system, externalId: $externalId) { id customer { id } } }'
const OF_CUSTOMERS =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id externalRefs { system externalId } } } }'

const aCustomer = (tenant = 'acme', fields: Parameters<typeof addCustomer>[2] = {}) => {
  const id = randomUUID()
  addCustomer(tenant, id, fields)
  return id
}
const aLink = (fields: object = {}) => ({ system: 'erp', externalId: randomUUID(), ...fields })
const link = async (input: object, role = 'admin') => (await as(role).mutate(LINK, { input })).linkExternalRef
const refsOf = async (ids: string[], tenant = 'acme') =>
  (await as('manager', tenant).query(OF_CUSTOMERS, { r: ids.map((id) => ({ __typename: 'Customer', id })) }))._entities
const outbox = async (type: { type: string }, customerId: string) => {
  const { rows } = await platform
    .service('integrations')
    .database.system.query<{ event: string }>('select event from outbox where type = $1 and partition_key = $2', [
      type.type,
      customerId,
    ])
  return rows.map(({ event }) => JSON.parse(event).data)
}
const consume = (events: object[], tenant = 'acme') =>
  platform
    .service('integrations')
    .context({
      subject: 's',
      roles: ['service_account'],
      tenant,
      territories: [],
      scopes: [],
      kind: 'service',
      itself: true,
    })
    .transaction((tx) => linkOrigins.handle(tx, events.map((data) => ({ data })) as never))
const created = (id: string, fields: object = {}) => ({ ...customerCreated.example, id, ...fields })

test('a link is made once, however often it is asked for, and its event holds no outside id', async () => {
  const customerId = aCustomer()
  const input = aLink({ customerId, externalId: ' 客户-42 👋 ', system: '北风', url: 'https://erp.acme.com/客户/42' })
  const first = await link(input)
  expect(first).toMatchObject({
    version: 1,
    system: '北风',
    entityType: 'CUSTOMER',
    externalId: '客户-42 👋',
    url: 'https://erp.acme.com/%E5%AE%A2%E6%88%B7/42',
    customer: { id: customerId },
  })
  const again = await Promise.all(Array.from({ length: 5 }, () => link(input)))
  expect(new Set(again.map(({ id, version }) => `${id}/${version}`))).toEqual(new Set([`${first.id}/1`]))
  expect(await outbox(externalRefLinked, customerId)).toEqual([
    { id: first.id, version: 1, customerId, system: '北风', entityType: 'customer' },
  ])
  expect((await as('analyst').query(FIND, { system: '北风', externalId: '客户-42 👋' })).externalRef.id).toBe(first.id)
})

test('of concurrent links of one record exactly one is made', async () => {
  const customers = [aCustomer(), aCustomer(), aCustomer(), aCustomer()]
  const record = aLink()
  const results = await Promise.allSettled(customers.map((customerId) => link({ ...record, customerId })))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) {
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ code: 'CONFLICT', reason: 'external_ref.taken' })
  }
})

test('a customer is linked to as many records as their list may be long, also by many at once and by events', async () => {
  const { most } = limits.externalRefs
  const origin = aLink({ system: 'crm' })
  const customerId = aCustomer('acme', { origin } as never)
  const many: PromiseSettledResult<unknown>[] = []
  while (many.length < most + 5) {
    many.push(...(await Promise.allSettled(Array.from({ length: 15 }, () => link(aLink({ customerId }))))))
  }
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(most)
  for (const one of many) {
    if (one.status === 'rejected')
      expect(one.reason).toMatchObject({ code: 'CONFLICT', reason: 'external_ref.too_many' })
  }
  await consume([created(customerId)])
  const [{ externalRefs }] = await refsOf([customerId])
  expect(externalRefs).toHaveLength(most)
})

test('another URL of the same record is kept and told', async () => {
  const customerId = aCustomer()
  const input = aLink({ customerId })
  await link(input)
  expect(await link({ ...input, url: 'https://erp.acme.com/1' })).toMatchObject({
    version: 2,
    url: 'https://erp.acme.com/1',
  })
  expect(await link(input)).toMatchObject({ version: 2, url: 'https://erp.acme.com/1' })
  expect(await outbox(externalRefLinked, customerId)).toMatchObject([{ version: 1 }, { version: 2 }])
})

test('an idempotency key answers with the first link', async () => {
  const actor = platform.as('integrations', { roles: ['admin'], subject: randomUUID() })
  const input = aLink({ customerId: aCustomer(), idempotencyKey: 'k' })
  const [a, b] = [await actor.mutate(LINK, { input }), await actor.mutate(LINK, { input })]
  expect(a).toEqual(b)
})

test.each([
  [{ system: '' }, 'input.system', 'text.required'],
  [{ system: 'my erp' }, 'input.system', 'key.malformed'],
  [{ system: 'x'.repeat(65) }, 'input.system', 'text.too_long'],
  [{ externalId: '  ' }, 'input.externalId', 'text.required'],
  [{ externalId: 'x'.repeat(201) }, 'input.externalId', 'text.too_long'],
  [{ url: 'javascript:alert(1)' }, 'input.url', 'url.malformed'],
  [{ url: 'https://u:p@erp.acme.com/' }, 'input.url', 'url.malformed'],
])('%j is INVALID', async (fields, path, reason) => {
  await expect(link(aLink({ customerId: aCustomer(), ...fields }))).rejects.toMatchObject({
    code: 'INVALID',
    reason,
    fields: [{ path, reason }],
  })
})

test('an unknown customer, a malformed id or one of another tenant cannot be linked', async () => {
  for (const customerId of [randomUUID(), 'nonsense', aCustomer('globex')]) {
    await expect(link(aLink({ customerId }))).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  }
})

test('a link can be cut and made anew', async () => {
  const customerId = aCustomer()
  const input = aLink({ customerId })
  const { id } = await link(input)
  const stale = as('admin').mutate(UNLINK, { input: { id, expectedVersion: 9 } })
  await expect(stale).rejects.toMatchObject({ code: 'CONFLICT', reason: 'version.stale' })
  await expect(as('admin', 'globex').mutate(UNLINK, { input: { id } })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'external_ref.unknown',
  })
  expect((await as('admin').mutate(UNLINK, { input: { id, expectedVersion: 1 } })).unlinkExternalRef).toEqual({
    id,
    version: 2,
    externalId: input.externalId,
  })
  await expect(as('admin').mutate(UNLINK, { input: { id } })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'external_ref.unknown',
  })
  expect((await link(input)).id).not.toBe(id)
  expect(await outbox(externalRefUnlinked, customerId)).toMatchObject([{ id, version: 2 }])
})

test('a record that nobody linked is NOT_FOUND, as is one of another tenant', async () => {
  const input = aLink({ customerId: aCustomer() })
  await link(input)
  await expect(as('sales', 'globex').query(FIND, input)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'external_ref.unknown',
  })
  await expect(as('sales').query(FIND, { ...input, externalId: 'other' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'external_ref.unknown',
  })
})

test.each([
  ['admin', true, true],
  ['service_account', false, false],
  ['manager', true, false],
  ['sales', true, false],
  ['service', true, false],
  ['analyst', true, false],
  ['privacy_officer', true, false],
  ['partner', true, false],
  ['stranger', false, false],
])('%s: reads %p, writes %p', async (role, reads, writes) => {
  const input = aLink({ customerId: aCustomer() })
  const { id } = await link(input)
  const codeOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'OK',
      ({ code }) => code,
    )
  expect(await codeOf(as(role).query(FIND, input))).toBe(reads ? 'OK' : 'FORBIDDEN')
  expect(await codeOf(as(role).mutate(LINK, { input }))).toBe(writes ? 'OK' : 'FORBIDDEN')
  expect(await codeOf(as(role).mutate(UNLINK, { input: { id } }))).toBe(writes ? 'OK' : 'FORBIDDEN')
})

test('the references of many customers cost one statement, in order', async () => {
  const tenant = 'many'
  const ids = Array.from({ length: 20 }, () => aCustomer(tenant))
  const records = ids.flatMap((id, n) => (n ? ['shop', 'erp'] : []).map((system) => ({ id, system })))
  for (const { id, system } of records) {
    await as('admin', tenant).mutate(LINK, { input: aLink({ customerId: id, system, externalId: id }) })
  }
  statements.length = 0
  const answer = await refsOf([...ids, randomUUID()], tenant)
  expect(answer.slice(0, 20)).toEqual(
    ids.map((id, n) => ({
      id,
      externalRefs: n ? ['erp', 'shop'].map((system) => ({ system, externalId: id })) : [],
    })),
  )
  expect(answer.slice(20)).toMatchObject([{ externalRefs: [] }])
  expect(statements.filter((sql) => sql.includes('external_ref'))).toHaveLength(1)
  expect(await refsOf(['nonsense'], tenant)).toEqual([null])
})

test('created customers are linked to their origins, asked for once per batch, however often they come', async () => {
  const tenant = 'origins'
  const external = randomUUID()
  const [imported, homemade, unknown, unfit] = [
    aCustomer(tenant, { origin: { system: 'northwind', externalId: external } }),
    aCustomer(tenant),
    randomUUID(),
    aCustomer(tenant, { origin: { system: 'not a key', externalId: 'x' } }),
  ] as [string, string, string, string]
  const events = [imported, homemade, unknown, unfit].map((id) => created(id))
  asked.length = 0
  await consume(events, tenant)
  expect(asked).toEqual([[imported, homemade, unknown, unfit]])
  await consume([...events, ...events], tenant)
  expect(await refsOf([imported, homemade, unfit], tenant)).toEqual([
    { id: imported, externalRefs: [{ system: 'northwind', externalId: external }] },
    { id: homemade, externalRefs: [] },
    { id: unfit, externalRefs: [] },
  ])
  expect(await outbox(externalRefLinked, imported)).toHaveLength(1)
})

test('an origin that is linked to another customer stays with that customer', async () => {
  const record = aLink({ system: 'northwind' }) as { system: string; externalId: string }
  const owner = aCustomer()
  await link({ ...record, customerId: owner })
  const second = aCustomer('acme', { origin: record })
  await consume([created(second)])
  expect((await as('sales').query(FIND, record)).externalRef.customer.id).toBe(owner)
})
