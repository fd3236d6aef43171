import { randomUUID } from 'node:crypto'
import { bulkChangeFinished, bulkChangeStarted, customerUpdated } from '@clientele/contracts'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

let now = new Date('2026-03-10T08:00:00.000Z')
const svc = await startForTest(profiles, { now: () => now, settings: { BULK_CHANGE_OWN_CUSTOMERS: 3 } })
const admin = svc.as('admin')
const day = 86_400_000

const BULK = `id version kind status total changed unchanged refused undone notUndone progress rate remaining endedAt undoUntil tags
  fields { field value } errors(first: 100) { totalCount nodes { customerId customer { id } code reason message } }`
const bulkOf = async (verb: string, input: object, as = admin) => {
  const type = `${verb[0]!.toUpperCase()}${verb.slice(1)}Input`
  return (await as.mutate(`mutation ($input: ${type}!) { done: ${verb}(input: $input) { ${BULK} } }`, { input })).done
}
const start = (input: object, as = admin) => bulkOf('startBulkChange', input, as)
const cancel = (id: string, as = admin) => bulkOf('cancelBulkChange', { id }, as)
const undo = (id: string, as = admin) => bulkOf('undoBulkChange', { id }, as)
const read = async (id: string, as = admin) =>
  (await as.query(`query ($id: ID!) { bulkChange(id: $id) { ${BULK} } }`, { id })).bulkChange
const preview = async (input: object, as = admin) =>
  (
    await as.query(
      `query ($input: PreviewBulkChangeInput!) { previewBulkChange(input: $input) { total changing unchanged
        refusals { code reason message count }
        examples { customerId customer { number } differences { field before after } refusal { reason } } } }`,
      { input },
    )
  ).previewBulkChange
const job = svc.jobs.find(({ name }) => name === 'profiles-carry-out-bulk-changes')!
const round = () => job.run()
const runToEnd = async () => {
  while (await round());
}

const make = async (input: object = {}, as = admin): Promise<string> =>
  (
    await as.mutate('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }', {
      input: { kind: 'PERSON', displayName: '王小明', ...input },
    })
  ).createCustomer.id
const several = async (count: number, input: object = {}) => {
  const rows = Array.from({ length: count }, (_, at) => ({
    ...{ externalId: `${at}`, kind: 'PERSON', displayName: `客户 ${at}`, ...input },
  }))
  const system = `s${randomUUID()}`
  for (let at = 0; at < count; at += 200) {
    await admin.mutate('mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created } }', {
      input: { system, rows: rows.slice(at, at + 200) },
    })
  }
}
const customer = async (id: string, as = admin) =>
  (
    await as.query(
      'query ($id: ID!) { customer(id: $id) { version status ownerId territory source updatedBy tags { key name } } }',
      { id },
    )
  ).customer
const run = (verb: string, input: object, as = admin) => {
  const type = `${verb[0]!.toUpperCase()}${verb.slice(1)}Input`
  return as.mutate(`mutation ($input: ${type}!) { ${verb}(input: $input) { id } }`, { input })
}
const staff = async (subject = `s-${randomUUID()}`) => {
  await run('recordStaff', { subject, name: '陈晓雨' })
  return subject
}
const setSource = (source: string | null) => ({ kind: 'SET_FIELDS', fields: { source } })
const sales = (subject: string): TestActor => ({ roles: ['sales'], subject, territories: ['emea'] })
const manager: TestActor = { roles: ['manager'], subject: 'max', territories: ['emea'] }

test('many are changed as one is, by the same events, on behalf of whoever began it', async () => {
  const owner = await staff()
  const [one, other] = [await make({ territory: 'emea' }), await make({ source: '展会', territory: 'emea/de' })]
  const fields = { source: '展会', territory: 'emea/de', ownerId: owner }
  const begun = await start({ ids: [one, other, one.toUpperCase()], kind: 'SET_FIELDS', fields }, svc.as(manager))
  expect(begun).toMatchObject({ status: 'RUNNING', total: 2, remaining: 2, progress: 0, rate: 0, endedAt: null })
  expect(begun.fields).toEqual([
    { field: 'OWNER_ID', value: owner },
    { field: 'TERRITORY', value: 'emea/de' },
    { field: 'SOURCE', value: '展会' },
  ])
  now = new Date(now.getTime() + 2_000)
  await runToEnd()
  const done = await read(begun.id)
  expect(done).toMatchObject({
    status: 'DONE',
    changed: 2,
    unchanged: 0,
    refused: 0,
    progress: 1,
    remaining: 0,
    rate: 1,
  })
  expect(await customer(one)).toMatchObject({ ...fields, version: 2, updatedBy: 'service:profiles' })
  await svc.relay()
  const events = (await svc.published(customerUpdated)).filter(({ id }) => [one, other].includes(id))
  const changed = new Map(events.map(({ id, changedFields }) => [id, changedFields.toSorted()]))
  expect(events).toHaveLength(2)
  expect(changed.get(one)).toEqual(['ownerId', 'source', 'territory'])
  expect(changed.get(other)).toEqual(['ownerId'])
  const of = <T extends { id: string }>(all: T[]) => all.filter(({ id }) => id === begun.id)
  expect(of(await svc.published(bulkChangeStarted))).toMatchObject([{ status: 'RUNNING', total: 2, version: 1 }])
  expect(of(await svc.published(bulkChangeFinished))).toMatchObject([{ status: 'DONE', changed: 2, version: 2 }])
  const { auditLog } = await admin.query(
    `query ($filter: AuditFilterInput) { auditLog(filter: $filter, first: 50) { nodes { subject action entityId onBehalfOf onBehalfKind onBehalfId } } }`,
    { filter: { service: 'profiles', customerId: one } },
  )
  expect(auditLog.nodes).toContainEqual(
    expect.objectContaining({
      ...{ subject: 'service:profiles', action: 'customer.updated', entityId: one },
      ...{ onBehalfOf: 'max', onBehalfKind: 'bulk_change', onBehalfId: begun.id },
    }),
  )
})

test('a preview says what would be, and writes nothing', async () => {
  const source = randomUUID()
  const ids = [await make({ source }), await make({ source: 'web' }), await make({ source }), randomUUID()]
  const before = await customer(ids[1]!)
  const found = await preview({ ids, ...setSource('web') })
  expect(found).toMatchObject({ total: 4, changing: 2, unchanged: 1 })
  expect(found.refusals).toEqual([
    { code: 'NOT_FOUND', reason: 'customer.unknown', message: expect.any(String), count: 1 },
  ])
  expect(found.examples[0]).toMatchObject({
    customerId: ids[0],
    differences: [{ field: 'source', before: [source], after: ['web'] }],
    refusal: null,
  })
  expect(found.examples[3]).toMatchObject({ customer: null, differences: [], refusal: { reason: 'customer.unknown' } })
  expect(await customer(ids[1]!)).toEqual(before)
})

test('a filter means those whom it finds at the beginning, though the change alters what it finds', async () => {
  const source = randomUUID()
  await several(250, { source })
  const filter = { source: { eq: source } }
  expect(await preview({ filter, ...setSource('other') })).toMatchObject({ total: 250, changing: 250 })
  const { id } = await start({ filter, ...setSource('other') })
  await round()
  const late = await make({ source })
  expect(await read(id)).toMatchObject({ total: 250, changed: 100, remaining: 150, progress: 0.4 })
  await runToEnd()
  expect(await read(id)).toMatchObject({ status: 'DONE', changed: 250, refused: 0 })
  expect(await customer(late)).toMatchObject({ source })
})

test('a filter that says nothing is refused, unless everybody is meant on purpose', async () => {
  const set = setSource('x')
  for (const filter of [{}, { and: [] }, { not: {} }, { displayName: {} }, { or: [{ kind: {} }] }]) {
    expect(await outcome(start({ filter, ...set }))).toBe('INVALID bulk_change.filter_empty')
  }
  for (const ways of [
    {},
    { ids: [randomUUID()], everyCustomer: true },
    { ids: [randomUUID()], filter: { number: { eq: '1' } } },
  ]) {
    expect(await outcome(start({ ...ways, ...set }))).toBe('INVALID bulk_change.selection')
  }
  const other = svc.as({ roles: ['admin'], tenant: 'globex' })
  const id = await make({}, other)
  const bulk = await start({ everyCustomer: true, ...set }, other)
  expect(bulk).toMatchObject({ total: 1 })
  await runToEnd()
  expect(await customer(id, other)).toMatchObject({ source: 'x' })
})

test('what is wrong for all of them is refused at once, with its path', async () => {
  const ids = [randomUUID()]
  const wrong = [
    [{ kind: 'SET_FIELDS' }, 'fields', 'bulk_change.nothing'],
    [{ kind: 'SET_FIELDS', fields: { ownerId: 'nobody' } }, 'fields.ownerId', 'staff.unknown'],
    [{ kind: 'SET_FIELDS', fields: { territory: 'a b' } }, 'fields.territory', 'key.malformed'],
    [{ kind: 'ADD_TAGS' }, 'tags', 'list.too_short'],
    [{ kind: 'ADD_TAGS', tags: ['x'], fields: { source: 'x' } }, 'fields', 'bulk_change.foreign'],
    [{ kind: 'ARCHIVE', tags: ['x'] }, 'tags', 'bulk_change.foreign'],
  ] as const
  for (const [input, path, reason] of wrong) {
    await expect(start({ ids, ...input })).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ path: `input.${path}`, reason }],
    })
    expect(await outcome(preview({ ids, ...input }))).toBe(`INVALID ${reason}`)
  }
  expect(await outcome(start({ ids: [], ...setSource('x') }))).toBe('INVALID list.too_short')
})

test('tags in Chinese are given and taken, and taking back touches only what was given', async () => {
  const name = `重要客户 👑 ${randomUUID().slice(0, 8)}`
  const [has, hasNot] = [await make({ tags: [name, '其他'] }), await make()]
  const { id } = await start({ ids: [has, hasNot], kind: 'ADD_TAGS', tags: [name] })
  await runToEnd()
  expect(await read(id)).toMatchObject({ changed: 1, unchanged: 1 })
  const names = async (of: string) => (await customer(of)).tags.map((tag: { name: string }) => tag.name)
  expect(await names(hasNot)).toEqual([name])
  await undo(id)
  await runToEnd()
  expect(await read(id)).toMatchObject({ status: 'UNDONE', undone: 1, notUndone: 0, progress: 1 })
  expect(await names(hasNot)).toEqual([])
  expect(await names(has)).toContain(name)
  const taken = await start({ ids: [has, hasNot], kind: 'REMOVE_TAGS', tags: [name] })
  await runToEnd()
  expect(await read(taken.id)).toMatchObject({ changed: 1, unchanged: 1, tags: [name] })
  expect(await names(has)).toEqual(['其他'])
})

test('undoing leaves alone whom somebody has changed since, and says so in the language of the reader', async () => {
  const [one, other] = [await make({ source: 'a', territory: 'emea' }), await make({ territory: 'apac' })]
  const { id } = await start({ ids: [one, other], kind: 'SET_FIELDS', fields: { source: 'b', territory: null } })
  await runToEnd()
  await run('updateCustomer', { id: other, displayName: '李娜' })
  await undo(id)
  expect(await outcome(undo(id))).toBe('CONFLICT bulk_change.illegal_transition')
  await runToEnd()
  expect(await customer(one)).toMatchObject({ source: 'a', territory: 'emea' })
  expect(await customer(other)).toMatchObject({ source: 'b', territory: null })
  const done = await read(id)
  expect(done).toMatchObject({ status: 'UNDONE', undone: 1, notUndone: 1 })
  expect(done.errors).toMatchObject({
    totalCount: 1,
    nodes: [{ customerId: other, customer: { id: other }, code: 'CONFLICT', reason: 'bulk_change.changed_since' }],
  })
  const { data } = await svc.subgraph.execute({
    query: `query ($id: ID!) { bulkChange(id: $id) { ${BULK} } }`,
    variables: { id },
    headers: { authorization: `Bearer ${await svc.issuer.token({ roles: ['admin'] })}`, 'accept-language': 'zh-CN' },
  })
  expect((data as Record<string, any>).bulkChange.errors.nodes[0].message).toBe('该客户此后已被更改，未撤销')
})

test('it can be undone for some days, and once', async () => {
  const id = await make({ source: 'a' })
  const bulk = await start({ ids: [id], ...setSource('b') })
  expect(await outcome(undo(bulk.id))).toBe('CONFLICT bulk_change.illegal_transition')
  await runToEnd()
  const at = now
  now = new Date(now.getTime() + 7 * day)
  expect(await outcome(undo(bulk.id))).toBe('CONFLICT bulk_change.undo_over')
  now = new Date(at.getTime() + 7 * day - 1)
  await undo(bulk.id)
  await runToEnd()
  expect(await customer(id)).toMatchObject({ source: 'a' })
  expect(await outcome(undo(bulk.id))).toBe('CONFLICT bulk_change.undone')
  now = at
})

test('archiving is for those who may archive one; who is archived already stays so', async () => {
  const owner = await staff()
  const [one, other] = [await make({ ownerId: owner }), await make({ ownerId: owner })]
  await run('archiveCustomer', { id: other })
  expect(await outcome(start({ ids: [one], kind: 'ARCHIVE' }, svc.as(sales(owner))))).toBe('FORBIDDEN role')
  const bulk = await start({ ids: [one, other], kind: 'ARCHIVE' })
  await runToEnd()
  expect(await read(bulk.id)).toMatchObject({ changed: 1, unchanged: 1 })
  await undo(bulk.id)
  await runToEnd()
  expect((await customer(one)).status).toBe('ACTIVE')
  expect((await customer(other)).status).toBe('ARCHIVED')
})

test('who may change some of them changes those, and is told of the others', async () => {
  const [own, foreign] = [await make({ territory: 'emea/de' }), await make({ territory: 'apac' })]
  const { id } = await start({ ids: [own, foreign], ...setSource('m') }, svc.as(manager))
  await runToEnd()
  const done = await read(id, svc.as(manager))
  expect(done).toMatchObject({ changed: 1, refused: 1 })
  expect(done.errors.nodes).toMatchObject([{ customerId: foreign, customer: null, reason: 'customer.unknown' }])
  // Where the customer would leave the territory, it is refused as for one.
  const away = await start({ ids: [own], kind: 'SET_FIELDS', fields: { territory: 'apac' } }, svc.as(manager))
  await runToEnd()
  expect((await read(away.id)).errors.nodes).toMatchObject([{ code: 'FORBIDDEN', reason: 'access_scope' }])
})

test('sales change their own customers, and not too many of them', async () => {
  const subject = await staff()
  const as = svc.as(sales(subject))
  const own = [await make({ ownerId: subject, source: subject }), await make({ ownerId: subject, source: subject })]
  const neighbour = await make({ territory: 'emea', source: subject })
  const filter = { source: { eq: subject } }
  expect(await preview({ filter, ...setSource('x') }, as)).toMatchObject({ total: 2 })
  const { id } = await start({ ids: [...own, neighbour], ...setSource('x') }, as)
  await runToEnd()
  expect(await read(id, as)).toMatchObject({ changed: 2, refused: 1, errors: { nodes: [{ reason: 'access_scope' }] } })
  const ids = [...own, neighbour, randomUUID()]
  await expect(start({ ids, ...setSource('x') }, as)).rejects.toMatchObject({
    fields: [{ path: 'input.ids', reason: 'bulk_change.too_many' }],
  })
})

test('it is its author’s, and the admins’ of the tenant', async () => {
  const { id } = await start({ ids: [await make({ territory: 'emea' })], ...setSource('z') }, svc.as(manager))
  const strangers = [
    svc.as({ ...manager, subject: 'moritz' }),
    svc.as({ roles: ['admin'], tenant: 'globex' }),
    svc.as(sales('sam')),
  ]
  for (const as of strangers) {
    for (const call of [read, cancel, undo]) expect(await outcome(call(id, as))).toBe('NOT_FOUND bulk_change.unknown')
  }
  for (const role of ['service', 'analyst', 'privacy_officer', 'partner']) {
    expect(await outcome(start({ ids: [id], ...setSource('z') }, svc.as(role)))).toBe('FORBIDDEN role')
    expect(await outcome(preview({ ids: [id], ...setSource('z') }, svc.as(role)))).toBe('FORBIDDEN role')
    expect(await outcome(read(id, svc.as(role)))).toBe('FORBIDDEN role')
  }
  const list = async (as: typeof admin) =>
    (await as.query('{ bulkChanges(first: 100) { nodes { id } } }')).bulkChanges.nodes.map(
      (one: { id: string }) => one.id,
    )
  expect(await list(svc.as(manager))).toContain(id)
  expect(await list(admin)).toContain(id)
  expect(await list(strangers[1]!)).not.toContain(id)
  expect((await cancel(id)).status).toBe('CANCELLED')
})

test('a customer of another tenant is nobody', async () => {
  const theirs = await make({}, svc.as({ roles: ['admin'], tenant: 'globex' }))
  const { id } = await start({ ids: [theirs], ...setSource('x') })
  await runToEnd()
  expect((await read(id)).errors.nodes).toMatchObject([
    { customerId: theirs, customer: null, reason: 'customer.unknown' },
  ])
})

test('a repeated start begins nothing more', async () => {
  const input = { ids: [await make()], ...setSource('x'), idempotencyKey: randomUUID() }
  const [one, again] = [await start(input), await start(input)]
  expect(again.id).toBe(one.id)
  expect(await outcome(start({ ...input, ...setSource('y') }))).toMatch(/^(CONFLICT|INVALID)/)
  await cancel(one.id)
})

test('nothing goes on in the name of somebody who has left', async () => {
  const subject = await staff()
  const id = await make({ territory: 'emea' })
  const bulk = await start({ ids: [id], ...setSource('gone') }, svc.as({ ...manager, subject }))
  const { staff: all } = await admin.query('{ staff(first: 100) { nodes { id subject } } }')
  await run('markStaffLeft', { id: all.nodes.find((one: { subject: string }) => one.subject === subject).id })
  await runToEnd()
  const done = await read(bulk.id)
  expect(done).toMatchObject({
    status: 'DONE',
    changed: 0,
    refused: 1,
    errors: { nodes: [{ reason: 'bulk_change.author_left' }] },
  })
  expect((await customer(id)).source).toBeNull()
})

test('one that cannot be cancelled any more says so; one cancelled in between keeps what it has done', async () => {
  const source = randomUUID()
  await several(150, { source })
  const { id } = await start({ filter: { source: { eq: source } }, ...setSource('c') })
  await round()
  expect(await cancel(id)).toMatchObject({ status: 'CANCELLED', changed: 100, remaining: 0 })
  expect(await round()).toBe(0)
  expect(await outcome(cancel(id))).toBe('CONFLICT bulk_change.illegal_transition')
  await undo(id)
  await runToEnd()
  expect(await read(id)).toMatchObject({ status: 'UNDONE', undone: 100 })
  const { customers } = await admin.query(
    'query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }',
    { filter: { source: { eq: source } } },
  )
  expect(customers.totalCount).toBe(150)
})

test('no more than twenty run at once, however many are begun together', async () => {
  const crowd = svc.as({ roles: ['admin'], tenant: 'crowd' })
  const ids = [await make({}, crowd)]
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () => outcome(start({ ids, ...setSource('x') }, crowd))),
  )
  const count = (of: string) => outcomes.filter((one) => one === of).length
  expect([count('OK'), count('CONFLICT bulk_change.too_many_running')]).toEqual([20, 20])
  await runToEnd()
})

test('operators see how many customers wait, and what came of them by codes alone', async () => {
  const before = await metric('waiting_customers')
  const source = `measured-${randomUUID()}`
  await several(150, { source })
  const { id } = await start({ filter: { source: { eq: source } }, kind: 'SET_FIELDS', fields: { territory: 'emea' } })
  expect((await metric('waiting_customers')) - before).toBe(150)
  expect(await metric('oldest_turn_age_seconds')).toBeLessThan(600)
  while ((await read(id)).changed === 0) await round()
  expect((await metric('waiting_customers')) - before).toBe(50)
  expect(await metric('customers_of_last_hour', 'outcome="CHANGED",reason=""')).toBeGreaterThanOrEqual(100)
  await runToEnd()
  expect(await metric('waiting_customers')).toBe(before)
})

const metric = async (name: string, labels = '') => {
  const lines = (await svc.metrics.text()).split('\n')
  const line = lines.find((one) => one.startsWith(`clientele_bulk_change_${name}{`) && one.includes(labels))
  return Number(line?.split(' ').at(-1))
}
