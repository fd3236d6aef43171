import { startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id ownerId territory } }'
const UPDATE = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id version } }'
const ARCHIVE = 'mutation ($input: ArchiveCustomerInput!) { archiveCustomer(input: $input) { id } }'
const TAG = 'mutation ($input: TagCustomerInput!) { tagCustomer(input: $input) { id } }'
const UNTAG = 'mutation ($input: UntagCustomerInput!) { untagCustomer(input: $input) { id } }'
const RECORD = 'mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }'

const ownerships: Record<string, { territory?: string; ownerId?: string }> = {
  de: { territory: 'emea/de' },
  north: { territory: 'emea/de/north' },
  dee: { territory: 'emea/dee' },
  emea: { territory: 'emea' },
  east: { territory: 'apac/cn/华东' },
  shanghai: { territory: 'apac/cn/华东/上海' },
  eastern: { territory: 'apac/cn/华东区' },
  percent: { territory: 'emea_de' },
  sam: { ownerId: 'sam' },
  samApac: { ownerId: 'sam', territory: 'apac/jp' },
  nobody: {},
}
const ids: Record<string, string> = {}
const everybody = Object.keys(ownerships)

const aPurchase = (customerId: string | undefined) => ({
  customerId,
  orderedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  lines: [{ quantity: '1', unitPrice: '10' }],
})

beforeAll(async () => {
  for (const [number, ownership] of Object.entries(ownerships)) {
    const input = { kind: 'PERSON', number, displayName: `Same name ${number}`, ...ownership }
    const origin = { system: 'reach', externalId: number }
    ids[number] = (await admin.mutate(CREATE, { input: { ...input, origin } })).createCustomer.id
    await admin.mutate(RECORD, { input: aPurchase(ids[number]) })
  }
})

const cases: [string, TestActor, string[]][] = [
  ['a manager of emea', { roles: ['manager'], territories: ['emea'] }, ['de', 'north', 'dee', 'emea']],
  ['a sales person of emea/de', { roles: ['sales'], territories: ['emea/de'] }, ['de', 'north']],
  [
    'one who looks after customers elsewhere',
    { roles: ['sales'], territories: ['emea/de'], subject: 'sam' },
    ['de', 'north', 'sam', 'samApac'],
  ],
  ['one without a territory', { roles: ['sales'], territories: [], subject: 'sam' }, ['sam', 'samApac']],
  ['one of 华东', { roles: ['sales'], territories: ['apac/cn/华东'] }, ['east', 'shanghai']],
  ['one of two territories', { roles: ['sales'], territories: ['emea/dee', 'apac/jp'] }, ['dee', 'samApac']],
  ['one of a territory that is no pattern', { roles: ['manager'], territories: ['emea_de', '%'] }, ['percent']],
  ['a manager of everything', { roles: ['manager'], territories: [''] }, everybody],
  ['an analyst', { roles: ['analyst'], territories: ['emea/de'] }, everybody],
  ['a partner', { roles: ['partner'], territories: [] }, everybody],
  ['one with a role that reaches further', { roles: ['sales', 'analyst'], territories: [] }, everybody],
]

describe.each(cases)('%s', (_, actor, reached) => {
  const as = svc.as(actor)
  const isFound = (number: string) => reached.includes(number)

  test('lists and counts those within reach, page by page', async () => {
    const seen: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { customers } = (await as.query(
        'query ($after: String) { customers(first: 2, after: $after) { nodes { number } totalCount pageInfo { hasNextPage endCursor } } }',
        { after },
      )) as any
      expect(customers.totalCount).toBe(reached.length)
      seen.push(...customers.nodes.map(({ number }: { number: string }) => number))
      after = customers.pageInfo.endCursor
      more = customers.pageInfo.hasNextPage
    }
    expect(seen.toSorted()).toEqual(reached.toSorted())
  })

  test('gets those by id, number, origin and reference, and no others', async () => {
    const everyId = everybody.map((number) => ids[number])
    const expected = everybody.map((number) => (isFound(number) ? { number } : null))
    const BY_ID = 'query ($ids: [ID!]!) { customersById(ids: $ids) { number } }'
    expect((await as.query(BY_ID, { ids: everyId })).customersById).toEqual(expected)
    const r = everyId.map((id) => ({ __typename: 'Customer', id }))
    const BY_REFERENCE = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { number } } }'
    expect((await as.query(BY_REFERENCE, { r }))._entities).toEqual(expected)
    const looks = everybody.flatMap((number) => [
      [number, `customer(id: "${ids[number]}")`],
      [number, `customerByNumber(number: "${number}")`],
      [number, `customerByOrigin(system: "reach", externalId: "${number}")`],
    ])
    const { data, errors = [] } = await as.request(
      `{ ${looks.map(([, look], at) => `look${at}: ${look} { number }`).join(' ')} }`,
    )
    expect(Object.values(data ?? {})).toEqual(looks.map(([number]) => (isFound(number as string) ? { number } : null)))
    expect(errors).toHaveLength(looks.filter(([number]) => !isFound(number as string)).length)
    for (const { extensions } of errors) {
      expect(extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
    }
  })

  test('filters find none beyond', async () => {
    const { customers } = await as.query(
      '{ customers(filter: { or: [{ not: { status: { eq: ARCHIVED } } }, { tag: { in: [] } }] }, first: 100) { totalCount } }',
    )
    expect(customers.totalCount).toBe(reached.length)
  })

  test('a filter on purchases is for those only who see purchases', async () => {
    const LIST = 'query ($filter: CustomerFilter) { customers(filter: $filter, first: 100) { totalCount } }'
    const look = (filter: object) => as.query(LIST, { filter })
    if (actor.roles?.includes('partner')) {
      for (const filter of [{ hasPurchases: true }, { not: { or: [{ hasPurchases: false }] } }]) {
        await expect(look(filter)).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
      }
    } else expect((await look({ hasPurchases: true })).customers.totalCount).toBe(reached.length)
  })
})

const sales = svc.as({ roles: ['sales'], territories: ['emea/de'], subject: 'sue' })
const far = { roles: ['sales', 'analyst'], territories: ['emea/de'] }

test('a role lends its clearance to no other: who has all in scope as an analyst sees of others no more than analysts', async () => {
  const both = svc.as({ roles: ['manager', 'analyst'], territories: ['emea/de'], subject: 'both' })
  const secret = { person: { familyName: '王', birthDate: '1980-05-17' } }
  for (const number of ['de', 'east']) {
    await admin.mutate(UPDATE, { input: { id: ids[number], ...secret } })
  }
  const LIST = `query ($ids: [ID!]!) { customersById(ids: $ids) {
    number displayName person { familyName birthDate } redactedFields } }`
  const { customersById } = await both.query(LIST, { ids: [ids.de, ids.east] })
  expect(customersById).toEqual([
    { number: 'de', displayName: 'Same name de', ...secret, redactedFields: [] },
    {
      number: 'east',
      displayName: null,
      person: { familyName: null, birthDate: null },
      redactedFields: expect.arrayContaining(['displayName', 'person.familyName', 'person.birthDate']),
    },
  ])
  const look = (query: string) => both.query(`{ customers(${query}) { totalCount } }`)
  for (const query of [
    'filter: { displayName: { contains: "a" } }',
    'filter: { identityNumber: { eq: "1" } }',
    'orderBy: { field: DISPLAY_NAME }',
  ]) {
    await expect(look(query)).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'field.hidden' })
  }
  const change = { input: { id: ids.de, person: { birthDate: '1981-01-01' } } }
  expect((await both.mutate(UPDATE, change)).updateCustomer.id).toBe(ids.de)
  await expect(both.mutate(UPDATE, { input: { ...change.input, id: ids.east } })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'access_scope',
  })
})

const changes: [string, string, (id: string | undefined) => object][] = [
  ['updateCustomer', UPDATE, (id) => ({ id, source: 'x' })],
  ['tagCustomer', TAG, (id) => ({ id, tags: ['x'] })],
  ['untagCustomer', UNTAG, (id) => ({ id, tags: ['x'] })],
  ['recordPurchase', RECORD, aPurchase],
]
test.each(changes)(
  '%s: outside of the access scope there is no customer; one that may be read only is forbidden',
  async (_, document, input) => {
    await expect(sales.mutate(document, { input: input(ids.dee) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'customer.unknown',
    })
    await expect(svc.as(far).mutate(document, { input: input(ids.dee) })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'access_scope',
    })
    await sales.mutate(document, { input: input(ids.north) })
  },
)

test('a manager archives within their territories, a sales person nowhere', async () => {
  const manager = svc.as({ roles: ['manager'], territories: ['emea/de'] })
  await expect(manager.mutate(ARCHIVE, { input: { id: ids.dee } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(sales.mutate(ARCHIVE, { input: { id: ids.de } })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'role',
  })
  const { createCustomer } = await manager.mutate(CREATE, { input: { kind: 'PERSON', displayName: 'Archived' } })
  await manager.mutate(ARCHIVE, { input: { id: createCustomer.id } })
})

test('what was refused because of its reach is in the audit log', async () => {
  await expect(sales.query(`{ customerByNumber(number: "dee") { id } }`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(sales.mutate(UPDATE, { input: { id: ids.dee, source: 'x' } })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const { rows } = await svc.database.system.query(
    `select distinct action, reason from audit_entry where outcome = 'DENIED' and subject = 'sue' and entity_id = $1`,
    [ids.dee],
  )
  expect(rows).toEqual([{ action: 'read', reason: 'access_scope' }])
})

describe('who has less than the tenant in scope and enters a customer', () => {
  const enter = async (fields: object, as = sales) =>
    (await as.mutate(CREATE, { input: { kind: 'PERSON', displayName: 'New', ...fields } })).createCustomer

  test('looks after it where nobody else is named, and finds it again', async () => {
    for (const fields of [{}, { territory: 'emea/de/x' }, { ownerId: null }]) {
      const made = await enter(fields)
      expect(made.ownerId).toBe('sue')
      expect((await sales.query('query ($id: ID!) { customer(id: $id) { id } }', { id: made.id })).customer).toEqual({
        id: made.id,
      })
    }
    expect((await enter({ ownerId: 'sam', territory: 'emea/de/x' })).ownerId).toBe('sam')
  })

  test('enters it in the first of their territories, where their manager finds it', async () => {
    const manager = svc.as({ roles: ['manager'], territories: ['emea'], subject: 'max' })
    for (const fields of [{}, { territory: null }, { ownerId: 'sue' }]) {
      const made = await enter(fields)
      expect(made).toMatchObject({ ownerId: 'sue', territory: 'emea/de' })
      expect((await manager.query('query ($id: ID!) { customer(id: $id) { id } }', { id: made.id })).customer).toEqual({
        id: made.id,
      })
    }
    const of = (...territories: string[]) => svc.as({ roles: ['sales'], territories, subject: 'two' })
    expect((await enter({}, of('apac/cn/华东', 'emea'))).territory).toBe('apac/cn/华东')
    expect((await enter({}, of('South East', 'x'.repeat(65), 'emea'))).territory).toBe('emea')
    for (const nowhere of [of(), of('South East')]) {
      expect(await enter({}, nowhere)).toMatchObject({ ownerId: 'two', territory: null })
    }
    expect((await enter({}, svc.as({ roles: ['sales'], territories: ['emea', ''] }))).territory).toBeNull()
  })

  test('may not enter it where their manager would not find it, even as their own', async () => {
    for (const territory of ['apac', 'emea', 'emea/dee', 'emea/fr']) {
      const why = { code: 'FORBIDDEN', reason: 'territory.out_of_scope', message: expect.stringContaining('emea/de.') }
      await expect(enter({ territory })).rejects.toMatchObject(why)
      const { id } = await enter({})
      await expect(sales.mutate(UPDATE, { input: { id, territory } })).rejects.toMatchObject(why)
    }
    expect((await enter({ territory: 'emea/dee', ownerId: 'sue' }, admin)).territory).toBe('emea/dee')
  })

  test('keeps what they look after where somebody else has put it', async () => {
    const { id } = await enter({ territory: 'apac', ownerId: 'sue' }, admin)
    const { updateCustomer } = await sales.mutate(UPDATE, { input: { id, territory: 'apac', source: 'fair' } })
    expect(updateCustomer.id).toBe(id)
  })

  test('may not enter it for somebody elsewhere', async () => {
    for (const fields of [{ ownerId: 'sam' }, { ownerId: 'sam', territory: 'emea/dee' }]) {
      await expect(enter(fields)).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'access_scope' })
    }
  })

  test('who has the whole tenant in scope does not become its owner', async () => {
    expect((await enter({}, svc.as('service'))).ownerId).toBeNull()
    expect((await enter({}, svc.as('manager'))).ownerId).toBeNull()
  })

  test('is told of numbers and origins that are taken, though they cannot see by whom', async () => {
    await expect(enter({ number: 'dee' })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'customer.number_taken' })
    await expect(enter({ origin: { system: 'reach', externalId: 'dee' } })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'customer.origin_taken',
    })
    const origin = { system: 'reach', externalId: 'p' }
    await admin.mutate(RECORD, { input: { ...aPurchase(ids.dee), origin } })
    await expect(sales.mutate(RECORD, { input: { ...aPurchase(ids.de), origin } })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'purchase.origin_taken',
    })
  })
})

test('nobody moves a customer out of their reach; when somebody else does, it is gone for them at once', async () => {
  const { createCustomer } = await admin.mutate(CREATE, {
    input: { kind: 'PERSON', displayName: 'Moving', territory: 'emea/de' },
  })
  const { id } = createCustomer
  const find = () => sales.query('query ($id: ID!) { customer(id: $id) { id purchases { totalCount } } }', { id })
  await find()
  for (const fields of [{ territory: 'emea/fr' }, { territory: null, ownerId: 'sam' }]) {
    await expect(sales.mutate(UPDATE, { input: { id, ...fields } })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  await sales.mutate(UPDATE, { input: { id, territory: 'emea/de/south', ownerId: 'sam' } })
  await admin.mutate(UPDATE, { input: { id, territory: 'emea/fr' } })
  await expect(find()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await svc
    .as({ roles: ['sales'], territories: ['emea/fr'] })
    .query('query ($id: ID!) { customer(id: $id) { id } }', { id })
})
