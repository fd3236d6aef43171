import { randomUUID } from 'node:crypto'
import { customerCreated, customerTagged, customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql) })
const IMPORT = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created updated unchanged rejected
  rows { index externalId outcome id faults { path reason } warnings { path reason } } } }`
const manager = svc.as('manager')
const run = async (input: object, as = manager) => (await as.mutate(IMPORT, { input })).importCustomers
const person = (externalId: string, fields: object = {}) => ({
  externalId,
  kind: 'PERSON',
  displayName: `Person ${externalId}`,
  ...fields,
})
const customers = async (as = manager) =>
  (await as.query('{ customers(first: 100) { nodes { number displayName status version tags { key } } totalCount } }'))
    .customers

test('good rows are made, bad ones rejected with their faults, doubtful values kept and marked', async () => {
  const rows = [
    person('1', {
      contactPoints: [
        { kind: 'PHONE', value: '(5) 555-4729' },
        { kind: 'EMAIL', value: 'nobody' },
        { kind: 'PHONE', value: '+52 55 5555 4729 / +52 55 5555 4730' },
      ],
      addresses: [
        { city: 'México D.F.', country: 'Mexico' },
        { country: 'Absurdistan', kind: 'BILLING' },
      ],
    }),
    person('2', { person: { familyName: 'x'.repeat(101) }, contactPeople: [{ name: 'y' }] }),
    { externalId: '3', kind: 'PERSON' },
    person(' ', {}),
    person('5', {
      territory: '',
      contactPoints: [
        { kind: 'FAX', value: '1' },
        { kind: 'FAX', value: '1' },
      ],
    }),
  ]
  expect(await run({ system: 'mixed', rows })).toEqual({
    created: 3,
    updated: 0,
    unchanged: 0,
    rejected: 2,
    rows: [
      {
        index: 0,
        externalId: '1',
        outcome: 'CREATED',
        id: expect.any(String),
        faults: [],
        warnings: [
          { path: 'addresses.1.country', reason: 'country.unknown' },
          { path: 'contactPoints.0.value', reason: 'contact_point.phone' },
          { path: 'contactPoints.1.value', reason: 'contact_point.email' },
          { path: 'contactPoints.2.value', reason: 'contact_point.several' },
        ],
      },
      {
        index: 1,
        externalId: '2',
        outcome: 'REJECTED',
        id: null,
        warnings: [],
        faults: [
          { path: 'contactPeople', reason: 'customer.kind_mismatch' },
          { path: 'person.familyName', reason: 'text.too_long' },
        ],
      },
      {
        index: 2,
        externalId: '3',
        outcome: 'CREATED',
        id: expect.any(String),
        faults: [],
        warnings: [{ path: 'displayName', reason: 'customer.nameless' }],
      },
      {
        index: 3,
        externalId: '',
        outcome: 'REJECTED',
        id: null,
        warnings: [],
        faults: [{ path: 'externalId', reason: 'text.required' }],
      },
      {
        index: 4,
        externalId: '5',
        outcome: 'CREATED',
        id: expect.any(String),
        faults: [],
        warnings: [
          { path: 'contactPoints.0.value', reason: 'contact_point.phone' },
          { path: 'contactPoints.1.value', reason: 'contact_point.phone' },
          { path: 'contactPoints.1', reason: 'list.repeated' },
        ],
      },
    ],
  })
  const { customerByOrigin } = await manager.query(
    '{ customerByOrigin(system: "mixed", externalId: "1") { contactPoints { kind value normalized status } } }',
  )
  expect(customerByOrigin.contactPoints).toEqual([
    { kind: 'PHONE', value: '(5) 555-4729', normalized: null, status: 'INVALID' },
    { kind: 'EMAIL', value: 'nobody', normalized: null, status: 'INVALID' },
    { kind: 'PHONE', value: '+52 55 5555 4729 / +52 55 5555 4730', normalized: null, status: 'INVALID' },
  ])
})

test('the same rows again change nothing and emit nothing; a changed row is updated with one event', async () => {
  const rows = Array.from({ length: 20 }, (_, i) =>
    person(`r${i}`, {
      tags: ['import'],
      addresses: [{ country: 'Germany', lines: ['a'] }],
      contactPoints: [{ kind: 'PHONE', value: '030 901820' }],
      number: i % 2 ? `R-${i}` : null,
    }),
  )
  const first = await run({ system: 'again', rows })
  expect(first).toMatchObject({ created: 20, rejected: 0 })
  statements.length = 0
  expect(await run({ system: 'again', rows })).toMatchObject({ unchanged: 20 })
  expect(statements.filter((sql) => /^\s*(insert|update|delete)/i.test(sql))).toEqual([])
  const changed = rows.map((row, i) =>
    i === 3 ? { ...row, territory: 'emea/de' } : i === 4 ? { ...row, tags: ['new'] } : row,
  )
  expect(await run({ system: 'again', rows: changed })).toMatchObject({ updated: 2, unchanged: 18 })
  await svc.relay()
  const ids = new Set(first.rows.map(({ id }: { id: string }) => id))
  const events = async (type: typeof customerCreated) => (await svc.published(type)).filter(({ id }) => ids.has(id))
  expect(await events(customerCreated)).toHaveLength(20)
  expect(await events(customerUpdated)).toMatchObject([
    { id: first.rows[3].id, version: 2, changedFields: ['territory'] },
  ])
  expect(await events(customerTagged)).toMatchObject([
    { id: first.rows[4].id, changed: ['new'], tags: ['import', 'new'] },
  ])
})

test('a file with two people of one name makes two, and in any order it changes nothing again', async () => {
  const li = (value: string, id?: string) => ({ name: 'Li Wei', id, contactPoints: [{ kind: 'MOBILE', value }] })
  const people = [li('+86 138 0013 8000'), li('+86 138 0013 8001')]
  const row = (externalId: string, contactPeople: object[]) => ({
    ...{ externalId, kind: 'ORGANIZATION', displayName: externalId, contactPeople },
  })
  const first = await run({ system: 'people', rows: [row('1', people), row('2', people)] })
  expect(first).toMatchObject({ created: 2 })
  const { customersById } = await manager.query(
    'query ($ids: [ID!]!) { customersById(ids: $ids) { contactPeople { id contactPoints { value } } } }',
    { ids: first.rows.map(({ id }: { id: string }) => id) },
  )
  const ids = customersById.flatMap((one: { contactPeople: { id: string }[] }) => one.contactPeople.map(({ id }) => id))
  expect(new Set(ids).size).toBe(4)
  statements.length = 0
  const again = [row('2', people.toReversed()), row('1', people)]
  expect(await run({ system: 'people', rows: again })).toMatchObject({ unchanged: 2 })
  expect(statements.filter((sql) => /^\s*(insert|update|delete)/i.test(sql))).toEqual([])
  await svc.relay()
  expect(
    (await svc.published(customerUpdated)).filter(({ id }) => first.rows.some((r: { id: string }) => r.id === id)),
  ).toEqual([])
  const named = [row('1', [li('+86 138 0013 8002', ids[1])]), row('2', [li('+86 138 0013 8002', ids[1])])]
  expect((await run({ system: 'people', rows: named })).rows).toMatchObject([
    { outcome: 'UPDATED', faults: [] },
    { outcome: 'REJECTED', faults: [{ path: 'contactPeople.0.id', reason: 'member.unknown' }] },
  ])
})

test('the statements of a batch do not grow with its rows', async () => {
  const batch = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => person(`s${from + i}`, { tags: [`t${from}`] }))
  await run({ system: 'set', rows: batch(500, 1) })
  statements.length = 0
  await run({ system: 'set', rows: batch(0, 2) })
  const few = statements.length
  statements.length = 0
  await run({ system: 'set', rows: batch(1000, 200) })
  expect(statements.length).toBe(few)
})

test('an external id that comes twice in a batch, however it is written, is made once and never overwritten', async () => {
  const rows = [
    person('d\u00e9', { contactPeople: [{ name: 'none' }] }),
    person('d\u00e9', { displayName: 'First' }),
    person('de\u0301', { displayName: 'First' }),
    person(' d\u00e9\u00a0', { displayName: 'Second' }),
    person('de\u0301\u200b', { displayName: 'First', number: 'D' }),
  ]
  const result = await run({ system: 'double', rows })
  expect(result.rows).toMatchObject([
    { outcome: 'REJECTED', faults: [{ path: 'contactPeople' }] },
    { outcome: 'CREATED' },
    { outcome: 'UNCHANGED', id: result.rows[1].id },
    { outcome: 'REJECTED', faults: [{ path: 'externalId', reason: 'row.repeated' }] },
    { outcome: 'REJECTED', faults: [{ path: 'externalId', reason: 'row.repeated' }] },
  ])
  expect(await run({ system: 'double', rows: [person('de\u0301 ', { displayName: 'First' })] })).toMatchObject({
    unchanged: 1,
  })
  await svc.relay()
  const events = (await svc.published(customerCreated)).filter(({ id }) => id === result.rows[1].id)
  expect(events).toMatchObject([{ version: 1 }])
})

test('numbers that others hold are refused, within the batch too', async () => {
  await run({ system: 'held', rows: [person('1', { number: 'HELD' })] })
  const rows = [
    person('2', { number: 'HELD' }),
    person('3', { number: 'FREE' }),
    person('4', { number: 'FREE' }),
    person('1', { number: 'HELD' }),
  ]
  const result = await run({ system: 'held', rows })
  expect(result.rows).toMatchObject([
    { outcome: 'REJECTED', faults: [{ path: 'number', reason: 'customer.number_taken' }] },
    { outcome: 'CREATED' },
    { outcome: 'REJECTED', faults: [{ path: 'number', reason: 'customer.number_taken' }] },
    { outcome: 'UNCHANGED' },
  ])
})

test('numbers that change hands within a batch are refused, and nothing else is lost', async () => {
  await run({ system: 'swap', rows: [person('1', { number: 'S1' }), person('2', { number: 'S2' })] })
  const rows = [person('1', { number: 'S3' }), person('2', { number: 'S1' }), person('3')]
  const result = await run({ system: 'swap', rows })
  expect(result.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['UPDATED', 'REJECTED', 'CREATED'])
})

test('an archived customer stays archived and can be updated; the kind never changes', async () => {
  const [{ id }] = (await run({ system: 'old', rows: [person('1')] })).rows
  await manager.mutate('mutation ($input: ArchiveCustomerInput!) { archiveCustomer(input: $input) { id } }', {
    input: { id },
  })
  expect(await run({ system: 'old', rows: [person('1', { source: 'x' })] })).toMatchObject({ updated: 1 })
  expect((await manager.query('query ($id: ID!) { customer(id: $id) { status source } }', { id })).customer).toEqual({
    status: 'ARCHIVED',
    source: 'x',
  })
  const other = { ...person('1'), kind: 'ORGANIZATION' }
  expect((await run({ system: 'old', rows: [other] })).rows).toMatchObject([
    { faults: [{ path: 'kind', reason: 'customer.kind_changed' }] },
  ])
})

test('a dry run tells the same and keeps nothing', async () => {
  const dry = svc.as({ roles: ['manager'], tenant: 'dry' })
  const rows = [
    person('1'),
    person('2', { number: 'a b' }),
    person('1', { source: 'fair' }),
    person('1', { source: 'fair' }),
  ]
  const told = await run({ system: 'dry', dryRun: true, rows }, dry)
  expect(await customers(dry)).toMatchObject({ totalCount: 0 })
  const done = await run({ system: 'dry', rows }, dry)
  expect(told).toEqual({ ...done, rows: done.rows.map((row: object) => ({ ...row, id: null })) })
  expect((await customers(dry)).nodes).toMatchObject([{ number: 'C-000001' }])
})

test('imports of the same rows at the same time make each customer once', async () => {
  const busy = svc.as({ roles: ['admin'], tenant: 'busy' })
  const rows = Array.from({ length: 50 }, (_, i) => person(`c${i}`, { tags: ['a', 'b'] }))
  const results = await Promise.all(
    [rows, rows.toReversed(), rows, rows.toReversed()].map((some) => run({ system: 'busy', rows: some }, busy)),
  )
  expect(results.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 50])
  expect(results.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(150)
  expect(await customers(busy)).toMatchObject({ totalCount: 50 })
})

test.each([
  [{ system: 'x', rows: [] }, 'list.too_short'],
  [{ system: 'x', rows: Array(201).fill(person('1')) }, 'list.too_long'],
  [{ system: 'a b', rows: [person('1')] }, 'key.malformed'],
  [{ system: '', rows: [person('1')] }, 'text.required'],
])('a batch that is none is refused', async (input, reason) => {
  await expect(run(input)).rejects.toMatchObject({ code: 'INVALID', reason })
})

test('who may not import is refused, and tenants do not see each other’s origins', async () => {
  await expect(run({ system: 'x', rows: [person('1')] }, svc.as('service'))).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const id = randomUUID()
  await run({ system: 'shared', rows: [person(id)] })
  expect(
    await run({ system: 'shared', rows: [person(id)] }, svc.as({ roles: ['admin'], tenant: 'globex' })),
  ).toMatchObject({ created: 1 })
})

test('rows are counted by what became of them, those of a dry run not', async () => {
  const counted = async () => {
    const text = await svc.metrics.text()
    return Object.fromEntries(
      ['created', 'updated', 'unchanged', 'rejected'].map((outcome) => {
        const line = `clientele_import_rows_total{service="profiles",what="customers",outcome="${outcome}"} `
        return [outcome, Number(text.split(line)[1]?.split('\n', 1)[0] ?? 0)]
      }),
    )
  }
  const before = await counted()
  const system = `counted-${randomUUID()}`
  const rows = [person('c1'), person('c2'), person('c3', { person: { familyName: 'x'.repeat(101) } })]
  await run({ system, rows, dryRun: true })
  expect(await counted()).toEqual(before)
  await run({ system, rows })
  await run({ system, rows: [person('c1'), person('c2', { displayName: '王小明' })] })
  const { created = 0, updated = 0, unchanged = 0, rejected = 0 } = before
  expect(await counted()).toEqual({
    created: created + 2,
    updated: updated + 1,
    unchanged: unchanged + 1,
    rejected: rejected + 1,
  })
})
