import { randomUUID } from 'node:crypto'
import {
  customerUntagged,
  customerUpdated,
  type EventType,
  tagMerged,
  tagRestored,
  tagRetired,
  tagUpdated,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const svc = await startForTest(profiles, { now: () => clock.now })
const admin = svc.as('admin')
const move = () => svc.jobs.find(({ name }) => name === 'profiles-move-merged-tags')!.run()

const TAG = 'id version key name color description retiredAt'
const run = async (mutation: string, input: object, as = admin) => {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${TAG} } }`
  return (await as.mutate(document, { input }))[mutation]
}
const create = async (tags: string[], as = admin): Promise<string> =>
  (
    await as.mutate('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }', {
      input: { kind: 'PERSON', displayName: '王小明', tags },
    })
  ).createCustomer.id
const give = async (id: string, ...tags: string[]) =>
  (
    await admin.mutate('mutation ($input: TagCustomerInput!) { tagCustomer(input: $input) { tags { key } } }', {
      input: { id, tags },
    })
  ).tagCustomer.tags.map(({ key }: { key: string }) => key)
const take = async (id: string, ...tags: string[]) =>
  (
    await admin.mutate('mutation ($input: UntagCustomerInput!) { untagCustomer(input: $input) { tags { key } } }', {
      input: { id, tags },
    })
  ).untagCustomer.tags.map(({ key }: { key: string }) => key)
const tagsOf = async (id: string) =>
  (await admin.query('query ($id: ID!) { customer(id: $id) { tags { key name } } }', { id })).customer.tags
/** A tag with a name of its own, and its one customer. */
const aTag = async () => {
  const name = `T ${randomUUID().slice(0, 8)}`
  const customer = await create([name])
  const { tags } = (await admin.query(`{ tags { ${TAG} } }`)) as { tags: { name: string; id: string; key: string }[] }
  return { customer, ...tags.find((tag) => tag.name === name)! }
}
const published = async (type: EventType, id: string) => {
  await svc.relay()
  return (await svc.published(type as typeof tagMerged)).filter((data) => data.id === id)
}

test('a tag is renamed, coloured and described; its key stays, and both names lead to it', async () => {
  const { id, key, name, customer } = await aTag()
  const renamed = `贵宾 ${key}`
  const change = { id, name: renamed, color: '#FFCC00', description: ' 常客 😀 ' }
  const changed = await run('updateTag', change)
  expect(changed).toEqual({
    id,
    version: 2,
    key,
    name: renamed,
    color: '#ffcc00',
    description: '常客 😀',
    retiredAt: null,
  })
  expect(await run('updateTag', change)).toEqual(changed)
  expect(await run('updateTag', { id, color: null })).toEqual({ ...changed, version: 3, color: null })
  expect(await tagsOf(customer)).toEqual([{ key, name: renamed }])
  const other = await create([])
  expect(await give(other, renamed, name)).toEqual([key])
  expect(await take(other, renamed.toUpperCase())).toEqual([])
  const events = await published(tagUpdated, id)
  expect(events).toMatchObject([
    { key, version: 2, changedFields: ['name', 'color', 'description'], isRetired: false },
    { changedFields: ['color'] },
  ])
  expect(JSON.stringify(events)).not.toContain('贵宾')
})

test('no tag takes a name that leads to another one', async () => {
  const [one, other] = [await aTag(), await aTag()]
  const taken = {
    code: 'CONFLICT',
    reason: 'tag.name_taken',
    fields: [{ path: 'input.name', reason: 'tag.name_taken' }],
  }
  await expect(run('updateTag', { id: one.id, name: other.name.toUpperCase() })).rejects.toMatchObject(taken)
  await run('updateTag', { id: other.id, name: `${other.name} neu` })
  await expect(run('updateTag', { id: one.id, name: other.name })).rejects.toMatchObject(taken)
  await expect(run('updateTag', { id: one.id, name: `${other.name} neu` })).rejects.toMatchObject(taken)
  expect(await run('updateTag', { id: other.id, name: other.name })).toMatchObject({ key: other.key, version: 3 })
})

test('a retired tag is shown and given to nobody anew, until it is restored', async () => {
  const { id, key, name, customer } = await aTag()
  const retired = await run('retireTag', { id })
  expect(retired).toMatchObject({ version: 2, retiredAt: clock.now.toISOString() })
  expect(await run('retireTag', { id })).toEqual(retired)
  const refused = (path: string) => ({ code: 'INVALID', fields: [{ path, reason: 'tag.retired' }] })
  await expect(create(['x', name])).rejects.toMatchObject(refused('input.tags.1'))
  await expect(give(await create([]), name)).rejects.toMatchObject(refused('input.tags.0'))
  expect(await give(customer, name)).toEqual([key])
  const IMPORT = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { rows { outcome warnings { path reason } } } }`
  const rows = [{ externalId: key, kind: 'PERSON', displayName: 'x', tags: [name, 'x'] }]
  const { importCustomers } = await admin.mutate(IMPORT, { input: { system: 'erp', rows } })
  expect(importCustomers.rows).toMatchObject([
    { outcome: 'CREATED', warnings: [{ path: 'tags.0', reason: 'tag.retired' }] },
  ])
  expect(await run('restoreTag', { id })).toMatchObject({ version: 3, retiredAt: null })
  expect(await give(await create([]), name)).toEqual([key])
  expect(await published(tagRetired, id)).toMatchObject([{ isRetired: true }])
  expect(await published(tagRestored, id)).toMatchObject([{ isRetired: false }])
})

test('a name that a tag gets while customers are given it leads to that tag or to a new one', async () => {
  for (let round = 0; round < 5; round++) {
    const { id, key } = await aTag()
    const name = `N ${randomUUID().slice(0, 8)}`
    const customers = await Promise.all(Array.from({ length: 3 }, () => create([])))
    const [renamed, ...given] = await Promise.allSettled([
      run('updateTag', { id, name }),
      ...customers.map((customer) => give(customer, name)),
    ])
    const leadsTo = renamed!.status === 'fulfilled' ? key : name.toLowerCase().replace(' ', '-')
    if (renamed!.status === 'rejected') expect(renamed!.reason).toMatchObject({ reason: 'tag.name_taken' })
    expect(given).toEqual(given.map(() => ({ status: 'fulfilled', value: [leadsTo] })))
  }
})

test('of two tags that get one name at the same time, one does', async () => {
  const [one, other] = [await aTag(), await aTag()]
  const name = `Both ${one.key}`
  const done = await Promise.allSettled([one, other].map(({ id }) => run('updateTag', { id, name })))
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'tag.name_taken' } })
})

test('a retired tag is not what another goes on as', async () => {
  const [from, into] = [await aTag(), await aTag()]
  await run('retireTag', { id: into.id })
  await expect(run('mergeTags', { id: from.id, intoId: into.id })).rejects.toMatchObject({
    ...{ code: 'INVALID', fields: [{ path: 'input.intoId', reason: 'tag.retired' }] },
  })
  expect(await tagsOf(from.customer)).toEqual([{ key: from.key, name: from.name }])
})

test('all customers of a merged tag get the one that goes on, each with an event, and its names lead there', async () => {
  const [from, into] = [await aTag(), await aTag()]
  const both = await create([from.name, into.name])
  const rows = Array.from({ length: 200 }, (_, at) => ({
    externalId: `${from.key} ${at}`,
    kind: 'PERSON',
    displayName: 'x',
    tags: [from.name],
  }))
  const MANY = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { rows { id } } }'
  const { importCustomers } = await admin.mutate(MANY, { input: { system: 'many', rows } })
  const many: string[] = importCustomers.rows.map(({ id }: { id: string }) => id)
  const merged = await run('mergeTags', { id: from.id, intoId: into.id, expectedVersion: 1 })
  expect(merged).toMatchObject({ id: into.id, version: 1 })
  expect(await move()).toBeGreaterThan(0)
  expect(await move()).toBe(0)
  for (const id of [from.customer, both, many[0]!, many.at(-1)!]) {
    expect(await tagsOf(id)).toEqual([{ key: into.key, name: into.name }])
  }
  const { customers } = await admin.query(
    'query ($key: String!) { customers(filter: { tag: { eq: $key } }) { totalCount } }',
    { key: into.key },
  )
  expect(customers.totalCount).toBe(many.length + 3)
  const { tags } = await admin.query('{ tags { key } }')
  expect(tags).not.toContainEqual({ key: from.key })
  expect(await give(await create([]), from.name)).toEqual([into.key])
  expect(await published(customerUpdated, from.customer)).toMatchObject([
    { changedFields: ['tags'], tags: [into.key], mergedTags: [{ key: from.key, intoKey: into.key }] },
  ])
  expect(await published(customerUntagged, both)).toMatchObject([
    { tags: [into.key], mergedTags: [{ key: from.key, intoKey: into.key }] },
  ])
  expect(await published(tagMerged, from.id)).toMatchObject([{ key: from.key, intoKey: into.key }])
  await expect(run('updateTag', { id: from.id, name: 'x' })).rejects.toMatchObject({ reason: 'tag.unknown' })
  const last = await aTag()
  await run('mergeTags', { id: into.id, intoId: last.id })
  expect(await give(await create([]), from.name, into.name)).toEqual([last.key])
})

test('filters that name a merged tag find who has the one that goes on, moved already or not', async () => {
  const [from, into, last] = [await aTag(), await aTag(), await aTag()]
  const COUNT = 'query ($tag: CustomerTagFilter!) { customers(filter: { tag: $tag }) { totalCount } }'
  const found = async (tag: object, as = admin) => (await as.query(COUNT, { tag })).customers.totalCount
  const rows = Array.from({ length: 200 }, (_, at) => ({
    externalId: `${from.key} ${at}`,
    kind: 'PERSON',
    displayName: 'x',
    tags: [from.name],
  }))
  const MANY = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { rows { id } } }'
  await admin.mutate(MANY, { input: { system: 'filters', rows } })
  await run('mergeTags', { id: from.id, intoId: into.id })
  for (const key of [from.key, into.key, from.name]) {
    expect([key, await found({ eq: key })]).toEqual([key, 202])
    expect(await found({ in: ['nothing', key] })).toBe(202)
  }
  await run('mergeTags', { id: into.id, intoId: last.id })
  expect(await found({ eq: from.key, in: [last.key] })).toBe(203)
  expect(await found({ eq: from.key }, svc.as({ roles: ['admin'], tenant: 'globex' }))).toBe(0)
  while (await move());
  expect(await found({ eq: from.key })).toBe(203)
})

test('the tag that goes on may take a name that leads to it', async () => {
  const [from, into, other] = [await aTag(), await aTag(), await aTag()]
  const renamed = `${from.name} neu`
  await run('updateTag', { id: from.id, name: renamed })
  await run('mergeTags', { id: from.id, intoId: into.id })
  for (const name of [renamed, from.name, into.name, from.name]) {
    expect(await run('updateTag', { id: into.id, name })).toMatchObject({ key: into.key, name })
    expect(await give(await create([]), from.name, into.name, name)).toEqual([into.key])
  }
  await expect(run('updateTag', { id: other.id, name: from.name })).rejects.toMatchObject({ reason: 'tag.name_taken' })
  await run('mergeTags', { id: into.id, intoId: other.id })
  expect(await run('updateTag', { id: other.id, name: from.name })).toMatchObject({ key: other.key, name: from.name })
  expect(await give(await create([]), from.name, into.name, other.name)).toEqual([other.key])
})

test('of two merges at the same time that contradict each other, one is done', async () => {
  const [one, other] = [await aTag(), await aTag()]
  const done = await Promise.allSettled([
    run('mergeTags', { id: one.id, intoId: other.id }),
    run('mergeTags', { id: other.id, intoId: one.id }),
  ])
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'NOT_FOUND' } })
})

test.each<[string, string, object, string, string]>([
  ['a blank name', 'updateTag', { name: ' ' }, 'text.required', 'input.name'],
  ['a name whose key is too long', 'updateTag', { name: '\ufdfa'.repeat(4) }, 'text.too_long', 'input.name'],
  ['no colour', 'updateTag', { color: 'red' }, 'color.malformed', 'input.color'],
])('%s is refused', async (_, mutation, input, reason, path) => {
  const { id } = await aTag()
  await expect(run(mutation, { id, ...input })).rejects.toMatchObject({ code: 'INVALID', fields: [{ path, reason }] })
})

test('who may not, is refused; what is stale, itself, or not there, too', async () => {
  const { id } = await aTag()
  for (const role of ['sales', 'service', 'analyst']) {
    await expect(run('retireTag', { id }, svc.as(role))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const manager = svc.as('manager')
  await expect(run('mergeTags', { id, intoId: id }, manager)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  for (const intoId of [id, id.toUpperCase()]) {
    await expect(run('mergeTags', { id, intoId })).rejects.toMatchObject({
      fields: [{ path: 'input.intoId', reason: 'tag.merged_into_itself' }],
    })
  }
  await expect(run('retireTag', { id, expectedVersion: 2 })).rejects.toMatchObject({ reason: 'version.stale' })
  const globex = svc.as({ roles: ['admin'], tenant: 'globex' })
  for (const [as, wanted] of [
    [admin, randomUUID()],
    [admin, 'x'],
    [globex, id],
  ] as const) {
    await expect(run('retireTag', { id: wanted }, as)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'tag.unknown',
    })
  }
})
