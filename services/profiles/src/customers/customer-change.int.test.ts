import { randomUUID } from 'node:crypto'
import {
  customerArchived,
  customerCreated,
  customerRestored,
  customerTagged,
  customerUntagged,
  customerUpdated,
  limits,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)

const FIELDS = `id version number kind status displayName ownerId territory source origin { system externalId }
  person { familyName givenName gender birthDate occupation } organization { legalName registrationNumber industry sizeBand }
  contactPoints { id kind value normalized status } addresses { kind lines city region postalCode country countryName }
  contactPeople { name role contactPoints { kind normalized status } } tags { key name color }
  purchaseSummary { count total { amount currency } firstAt lastAt }`
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ${FIELDS} } }`
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { ${FIELDS} } }`
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`
const ARCHIVE = 'mutation ($input: ArchiveCustomerInput!) { archiveCustomer(input: $input) { id status version } }'
const RESTORE = 'mutation ($input: RestoreCustomerInput!) { restoreCustomer(input: $input) { id status version } }'
const TAG = 'mutation ($input: TagCustomerInput!) { tagCustomer(input: $input) { version tags { key name color } } }'
const UNTAG = 'mutation ($input: UntagCustomerInput!) { untagCustomer(input: $input) { version tags { key } } }'

const aPerson = (fields: object = {}) => ({
  kind: 'PERSON',
  person: { familyName: '王', givenName: '小明' },
  ...fields,
})
const manager = svc.as('manager')
const create = async (fields: object = {}, as = manager) =>
  (await as.mutate(CREATE, { input: aPerson(fields) })).createCustomer
const eventsOf = async (type: typeof customerCreated, id: string) => {
  await svc.relay()
  return (await svc.published(type)).filter((event) => event.id === id)
}

test('an update changes what is given, clears what is null, and says which fields changed', async () => {
  const made = await create({
    person: { familyName: '王', givenName: '小明', occupation: 'Arzt' },
    territory: 'apac/cn',
    contactPoints: [{ kind: 'EMAIL', value: 'a@example.org' }],
  })
  const input = {
    id: made.id,
    person: { givenName: '大明', occupation: null },
    territory: null,
  }
  const changed = (await manager.mutate(UPDATE, { input })).updateCustomer
  expect(changed).toMatchObject({
    version: 2,
    displayName: '王大明',
    person: { familyName: '王', givenName: '大明', occupation: null },
    territory: null,
    contactPoints: [{ id: made.contactPoints[0].id }],
  })
  expect((await manager.mutate(UPDATE, { input })).updateCustomer).toEqual(changed)
  const events = await eventsOf(customerUpdated, made.id)
  expect(events).toHaveLength(1)
  expect((events[0] as { changedFields?: string[] }).changedFields?.toSorted()).toEqual([
    'displayName',
    'person.givenName',
    'person.occupation',
    'territory',
  ])
})

test('a display name that somebody chose stays when the names change, and comes from them again when it is cleared', async () => {
  const { id } = await create({ displayName: '小王' })
  const update = async (fields: object) =>
    (await manager.mutate(UPDATE, { input: { id, ...fields } })).updateCustomer.displayName
  expect(await update({ person: { givenName: '大明' } })).toBe('小王')
  expect(await update({ displayName: null })).toBe('王大明')
  await expect(update({ number: null })).rejects.toMatchObject({
    fields: [{ path: 'input.number', reason: 'text.required' }],
  })
})

test('a stale version is refused, and of concurrent updates none is lost', async () => {
  const { id } = await create()
  const fields = ['ownerId', 'territory', 'source', 'displayName', 'number']
  await Promise.all(fields.map((field) => manager.mutate(UPDATE, { input: { id, [field]: `x-${id}` } })))
  const { customer } = await manager.query(CUSTOMER, { id })
  expect(customer).toMatchObject({ version: 6, ...Object.fromEntries(fields.map((field) => [field, `x-${id}`])) })
  await expect(manager.mutate(UPDATE, { input: { id, source: 'y', expectedVersion: 1 } })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'version.stale',
  })
})

test('archive and restore follow the workflow and emit their events', async () => {
  const { id } = await create()
  expect((await manager.mutate(ARCHIVE, { input: { id } })).archiveCustomer).toMatchObject({
    status: 'ARCHIVED',
    version: 2,
  })
  await expect(manager.mutate(ARCHIVE, { input: { id } })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'customer.illegal_transition',
  })
  expect((await manager.mutate(RESTORE, { input: { id } })).restoreCustomer).toMatchObject({
    status: 'ACTIVE',
    version: 3,
  })
  await expect(manager.mutate(RESTORE, { input: { id } })).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await eventsOf(customerArchived, id)).toMatchObject([{ version: 2, status: 'ARCHIVED' }])
  expect(await eventsOf(customerRestored, id)).toMatchObject([{ version: 3, status: 'ACTIVE' }])
})

test('tags are created on first use, given once, and taken away', async () => {
  const { id } = await create()
  const input = { id, tags: ['Gold Member', '黄金会员'], color: '#FFCC00' }
  expect((await manager.mutate(TAG, { input })).tagCustomer).toEqual({
    version: 2,
    tags: [
      { key: 'gold-member', name: 'Gold Member', color: '#ffcc00' },
      { key: '黄金会员', name: '黄金会员', color: '#ffcc00' },
    ],
  })
  expect((await manager.mutate(TAG, { input: { id, tags: ['gold member'] } })).tagCustomer.version).toBe(2)
  expect((await manager.mutate(UNTAG, { input: { id, tags: ['GOLD MEMBER', 'unknown'] } })).untagCustomer).toEqual({
    version: 3,
    tags: [{ key: '黄金会员' }],
  })
  expect(await eventsOf(customerTagged, id)).toMatchObject([
    { changed: ['gold-member', '黄金会员'], tags: ['gold-member', '黄金会员'] },
  ])
  expect(await eventsOf(customerUntagged, id)).toMatchObject([{ changed: ['gold-member'], tags: ['黄金会员'] }])
  await expect(manager.mutate(TAG, { input: { id, tags: [] } })).rejects.toMatchObject({
    fields: [{ path: 'input.tags', reason: 'list.too_short' }],
  })
  await expect(manager.mutate(TAG, { input: { id, tags: ['a'], color: 'red' } })).rejects.toMatchObject({
    fields: [{ path: 'input.color', reason: 'color.malformed' }],
  })
})

test('a tenant has as many tags as their list may be long, and no more', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'many-tags' })
  const { most } = limits.tenantTags
  const each = limits.tags.most
  const tagsFrom = (first: number) => Array.from({ length: each }, (_, i) => `tag ${first + i}`)
  for (let first = 0; first < most - each; first += each) await create({ tags: tagsFrom(first) }, as)
  const customers = [await create({}, as), await create({}, as), await create({}, as)]
  const done = await Promise.allSettled(
    customers.map(({ id }, at) => as.mutate(TAG, { input: { id, tags: tagsFrom((at + 1) * most) } })),
  )
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'tag.too_many' } })
  await expect(create({ tags: ['one more'] }, as)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'tag.too_many' })
  await expect(create({ tags: ['tag 1'] }, as)).resolves.toMatchObject({ tags: [{ key: 'tag-1' }] })
  expect((await as.query('{ tags { key } }')).tags).toHaveLength(most)
})

test("unknown, malformed and another tenant's customers are not found", async () => {
  const { id } = await create()
  const globex = svc.as({ roles: ['admin'], tenant: 'globex' })
  for (const [as, wanted] of [
    [manager, randomUUID()],
    [manager, 'x'],
    [globex, id],
  ] as const) {
    const { data, errors } = await as.request('query ($id: ID!) { customer(id: $id) { id } }', { id: wanted })
    expect(data).toEqual({ customer: null })
    expect(errors).toMatchObject([
      { path: ['customer'], extensions: { code: 'NOT_FOUND', reason: 'customer.unknown' } },
    ])
    await expect(as.mutate(UPDATE, { input: { id: wanted, source: 's' } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(as.mutate(TAG, { input: { id: wanted, tags: ['a'] } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
  const ids = [id, randomUUID(), 'x']
  const BY_ID = 'query ($ids: [ID!]!) { customersById(ids: $ids) { id } }'
  expect((await manager.query(BY_ID, { ids })).customersById).toEqual([{ id }, null, null])
  expect((await globex.query(BY_ID, { ids })).customersById).toEqual([null, null, null])
  await expect(manager.query(BY_ID, { ids: Array(1001).fill(id) })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'list.too_long',
  })
})
