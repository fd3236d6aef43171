import { randomUUID } from 'node:crypto'
import { readCondition } from '@clientele/conditions'
import { customerCreated, limits, segmentArchived, segmentCreated, segmentUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../../fixture/builders.js'
import { ADD, ARCHIVE, CREATE, MEMBERS, ONE, REMOVE, UPDATE } from '../../fixture/segment-documents.js'
import { customerVocabulary } from '../rules/customer-vocabulary.js'
import { segmentation } from '../service.js'

const now = new Date('2026-04-01T12:00:00.000Z')
const statements: string[] = []
const svc = await startForTest(segmentation, {
  now: () => now,
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})

const manager = svc.as('manager')
let counter = 0
const aSegment = (fields: object = {}) => ({
  key: `k${++counter}`,
  name: '重点客户 🏆 عملاء',
  kind: 'STATIC',
  ...fields,
})
const create = async (fields: object = {}, as = manager) =>
  (await as.mutate(CREATE, { input: aSegment(fields) })).createSegment
const dynamic = (rule: object, fields: object = {}) => create({ kind: 'DYNAMIC', rule, ...fields })
const known = async (fields: Parameters<typeof aCustomer>[0] = {}, tenant = 'acme') => {
  const { data } = await svc.deliver(customerCreated, aCustomer(fields), { tenant })
  return data
}

test('a segment is defined, changed and archived, each with one event', async () => {
  const rule = { all: [{ kind: { eq: 'PERSON' } }, { not: { tag: { has: '重点' } } }] }
  const made = await dynamic(rule, { description: '  for tests ' })
  expect(made).toMatchObject({
    ...{ version: 1, name: '重点客户 🏆 عملاء', description: 'for tests', rule, ruleVersion: 1, status: 'ACTIVE' },
    ...{ evaluation: 'READY', evaluatedAt: now.toISOString(), memberCount: 0 },
  })
  const { id, key } = made
  const changed = (await manager.mutate(UPDATE, { input: { id, rule: { nps: { lte: 6 } }, description: null } }))
    .updateSegment
  expect(changed).toMatchObject({ version: 2, ruleVersion: 2, description: null, rule: { nps: { lte: 6 } } })
  const same = (await manager.mutate(UPDATE, { input: { id, rule: { nps: { lte: 6, gte: null } }, name: made.name } }))
    .updateSegment
  expect(same.version).toBe(2)
  const archived = (await manager.mutate(ARCHIVE, { input: { id, expectedVersion: 2 } })).archiveSegment
  expect(archived).toMatchObject({ version: 3, status: 'ARCHIVED', evaluation: 'READY' })
  await svc.relay()
  const of = (event: { id: string }) => event.id === id
  const kind = 'DYNAMIC'
  expect((await svc.published(segmentCreated)).filter(of)).toEqual([{ id, version: 1, key, kind, ruleVersion: 1 }])
  expect((await svc.published(segmentUpdated)).filter(of)).toEqual([
    { id, version: 2, key, kind, ruleVersion: 2, changedFields: ['description', 'rule'] },
  ])
  expect((await svc.published(segmentArchived)).filter(of)).toEqual([{ id, version: 3, key, kind, ruleVersion: 2 }])
})

test.each([
  ['blank in the key', { key: 'a b' }, ['input.key']],
  ['an address as key', { key: 'a@b' }, ['input.key']],
  ['a key that is too long', { key: 'k'.repeat(65) }, ['input.key']],
  ['no name, and too much to say', { name: ' ', description: 'd'.repeat(2_001) }, ['input.name', 'input.description']],
  ['a static segment with a rule', { rule: { nps: { eq: 1 } } }, ['input.rule']],
  ['a dynamic segment without one', { kind: 'DYNAMIC' }, ['input.rule']],
  [
    'issues everywhere',
    { key: '', name: 'n'.repeat(201), kind: 'DYNAMIC', rule: { all: [{}, { nps: { eq: 11 } }] } },
    ['input.key', 'input.name', 'input.rule.all.0', 'input.rule.all.1.nps.eq'],
  ],
])('createSegment refuses %s', async (_, fields, paths) => {
  const refused = create(fields).catch((error) => error)
  expect(await refused).toMatchObject({ code: 'INVALID' })
  expect((await refused).fields.map(({ path }: { path: string }) => path)).toEqual(paths)
})

test('a key is taken once, also by those who come at the same time, and stays taken', async () => {
  const made = await Promise.allSettled(Array.from({ length: 5 }, () => create({ key: 'once' })))
  const refused = made.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(4)
  for (const { reason } of refused) {
    expect(reason).toMatchObject({ code: 'CONFLICT', reason: 'segment.key_taken', fields: [{ path: 'input.key' }] })
  }
  await expect(create({ key: 'once' }, svc.as({ roles: ['manager'], tenant: 'globex' }))).resolves.toMatchObject({
    key: 'once',
  })
})

test('a tenant has as many segments in use as a customer may be in, and no more', async () => {
  const actor = { subject: 't', roles: ['admin'], tenant: 'many', territories: [], kind: 'person' as const }
  const as = svc.as({ roles: ['manager'], tenant: 'many' })
  const first = await create({}, as)
  await svc.database.fork(actor, now).execute(
    `insert into segment select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'key', 'more-' || n))).*
     from segment s, generate_series(2, ?) n`,
    [limits.activeSegments.most],
  )
  await expect(create({}, as)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'segment.too_many' })
  await as.mutate(ARCHIVE, { input: { id: first.id } })
  await expect(create({}, as)).resolves.toMatchObject({ status: 'ACTIVE' })
})

test('a rule is read in words, in English and in Chinese', async () => {
  const words = async (id: string) =>
    (
      await svc
        .as('sales')
        .query('query ($id: ID!) { segment(id: $id) { en: ruleInWords zh: ruleInWords(language: ZH) } }', { id })
    ).segment
  const { id } = await dynamic({ all: [{ kind: { eq: 'PERSON' } }, { not: { tag: { has: '重点' } } }] })
  const { en, zh } = await words(id)
  const read = [readCondition(customerVocabulary, en, 'en'), readCondition(customerVocabulary, zh, 'zh')]
  expect(read.map(({ condition }) => condition)).toEqual(
    Array(2).fill({ all: [{ kind: { eq: 'PERSON' } }, { not: { tag: { has: '重点' } } }] }),
  )
  expect(zh).toMatch(/\p{Script=Han}.*且/u)
  expect(en).toMatch(/ and /)
  expect(await words((await create()).id)).toEqual({ en: null, zh: null })
})

test('the rules of a tenant have so many conditions together, and no more', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'ruled' })
  const rule = (conditions: number) => ({ any: Array.from({ length: conditions }, () => ({ nps: { eq: 1 } })) })
  const { id } = await create({ kind: 'DYNAMIC', rule: rule(50) }, as)
  const actor = { subject: 't', roles: ['admin'], tenant: 'ruled', territories: [], kind: 'person' as const }
  await svc.database.fork(actor, now).execute(
    `insert into segment select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'key', 'more-' || n))).*
     from segment s, generate_series(2, ?) n`,
    [limits.activeConditions.most / 50],
  )
  const tooMany = { code: 'CONFLICT', reason: 'segment.too_many_conditions', fields: [{ path: 'input.rule' }] }
  await expect(create({ kind: 'DYNAMIC', rule: rule(1) }, as)).rejects.toMatchObject(tooMany)
  await expect(as.mutate(UPDATE, { input: { id, rule: rule(51) } })).rejects.toMatchObject(tooMany)
  await svc.database.fork(actor, now).execute(
    `insert into segment select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'key', 'beyond'))).*
     from segment s where key = 'more-2'`,
  )
  await as.mutate(UPDATE, { input: { id, rule: rule(49) } })
  await svc.database.fork(actor, now).execute(`delete from segment where key = 'beyond'`)
  await create({ kind: 'DYNAMIC', rule: rule(1) }, as)
  await create({ kind: 'STATIC' }, as)
})

test('a repetition with the same idempotency key makes nothing new', async () => {
  const as = svc.as({ roles: ['analyst'], subject: randomUUID() })
  const input = aSegment({ idempotencyKey: 'i1' })
  const [first, again] = await Promise.all([as.mutate(CREATE, { input }), as.mutate(CREATE, { input })])
  expect(again.createSegment.id).toBe(first.createSegment.id)
  await expect(as.mutate(CREATE, { input: { ...input, name: 'other' } })).rejects.toMatchObject({
    reason: 'idempotency.key_reused',
  })
})

test('a static segment takes no rule, and a stale version is refused', async () => {
  const { id } = await create()
  await expect(manager.mutate(UPDATE, { input: { id, rule: { nps: { eq: 1 } } } })).rejects.toMatchObject({
    ...{ code: 'INVALID', fields: [{ path: 'input.rule', reason: 'rule.unexpected' }] },
  })
  await manager.mutate(UPDATE, { input: { id, name: 'b' } })
  for (const [mutation, input] of [
    [UPDATE, { id, name: 'c', expectedVersion: 1 }],
    [ARCHIVE, { id, expectedVersion: 1 }],
    [ADD, { segmentId: id, customerIds: [randomUUID()], expectedVersion: 1 }],
    [REMOVE, { segmentId: id, customerIds: [randomUUID()], expectedVersion: 1 }],
  ] as const) {
    await expect(manager.mutate(mutation, { input })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'version.stale',
    })
  }
})

test('members and segments are read page by page', async () => {
  const { id } = await create()
  const customers = await Promise.all(Array.from({ length: 7 }, () => known()))
  await svc.drain()
  await manager.mutate(ADD, { input: { segmentId: id, customerIds: customers.map((one) => one.id) } })
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { segment }: any = await manager.query(MEMBERS, { id, first: 3, after })
    seen.push(...segment.members.edges.map((edge: any) => edge.node.customer.id))
    after = segment.members.pageInfo.endCursor
    if (!segment.members.pageInfo.hasNextPage) break
  }
  expect(seen.toSorted()).toEqual(customers.map((one) => one.id).toSorted())
  const LIST = `query ($filter: SegmentFilter, $orderBy: SegmentOrder) {
    segments(first: 100, filter: $filter, orderBy: $orderBy) { totalCount nodes { key memberCount members(first: 2) { nodes { reason } } } } }`
  for (const key of ['list-b', 'list-a', 'list-c']) await create({ key })
  const filter = {
    and: [{ key: { startsWith: 'list-' } }, { not: { key: { eq: 'list-c' } } }],
    status: { eq: 'ACTIVE' },
  }
  statements.length = 0
  const { segments } = await manager.query(LIST, { filter, orderBy: { field: 'KEY', direction: 'DESC' } })
  expect(segments).toMatchObject({ totalCount: 2, nodes: [{ key: 'list-b' }, { key: 'list-a' }] })
  expect(statements.filter((sql) => sql.includes('segment_membership'))).toHaveLength(2)
})

test('another tenant finds neither the segment nor its members', async () => {
  const { id } = await create()
  const globex = svc.as({ roles: ['admin'], tenant: 'globex' })
  for (const wrong of [id, randomUUID(), 'x']) {
    const { data, errors } = await globex.request(ONE, { id: wrong })
    expect(data).toEqual({ segment: null })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'segment.unknown' })
  }
  await expect(globex.mutate(ARCHIVE, { input: { id } })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'segment.unknown',
  })
  const { _entities } = await globex.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Segment { key } } }',
    {
      r: [{ __typename: 'Segment', id }],
    },
  )
  expect(_entities).toEqual([null])
})

test('who may not write is refused, and who has no role cannot even read', async () => {
  for (const role of ['sales', 'service', 'privacy_officer', 'service_account']) {
    await expect(svc.as(role).mutate(CREATE, { input: aSegment() })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  await expect(svc.as({ roles: [] }).query('{ segments { totalCount } }')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(svc.anonymous().query('{ segments { totalCount } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})
