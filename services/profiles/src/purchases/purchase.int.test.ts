import { randomUUID } from 'node:crypto'
import { purchaseRecorded } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql), readModel: false })
const sales = svc.as('sales')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const RECORD = `mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id version kind orderedAt channel paymentMethod lineCount
  origin { system externalId } total { amount currency } customer { id } lines { sku description quantity unitPrice discount total } } }`
const SUMMARY = `query ($id: ID!) { customer(id: $id) { purchaseSummary { count total { amount currency } firstAt lastAt }
  purchaseSummaries { count total { amount currency } } } }`

const aCustomer = async () =>
  (await sales.mutate(CREATE, { input: { kind: 'PERSON', displayName: 'Buyer' } })).createCustomer.id as string
const aPurchase = (customerId: string, fields: object = {}) => ({
  customerId,
  orderedAt: '2026-03-01T10:00:00Z',
  currency: 'EUR',
  lines: [{ sku: 'P1', quantity: '2', unitPrice: '10' }],
  ...fields,
})
const record = async (customerId: string, fields: object = {}) =>
  (await sales.mutate(RECORD, { input: aPurchase(customerId, fields) })).recordPurchase

test('a purchase is stored exactly, with its lines in order, and announced once', async () => {
  const customerId = await aCustomer()
  const made = await record(customerId, {
    channel: 'web.shop',
    paymentMethod: '微信支付',
    origin: { system: 'erp', externalId: randomUUID() },
    lines: [
      { sku: 'A', description: 'Käse 🧀', quantity: '3', unitPrice: '0.1', discount: '0.15' },
      { sku: 'B', quantity: '0.3333', unitPrice: '0.0001' },
      { quantity: '-1', unitPrice: '0.05' },
    ],
  })
  expect(made).toMatchObject({
    version: 1,
    kind: 'SALE',
    orderedAt: '2026-03-01T10:00:00.000Z',
    channel: 'web.shop',
    paymentMethod: '微信支付',
    lineCount: 3,
    total: { amount: '0.205', currency: 'EUR' },
    customer: { id: customerId },
    lines: [
      { sku: 'A', description: 'Käse 🧀', quantity: '3', unitPrice: '0.1', discount: '0.15', total: '0.255' },
      { sku: 'B', description: null, quantity: '0.3333', unitPrice: '0.0001', discount: '0', total: '0' },
      { sku: null, quantity: '-1', unitPrice: '0.05', total: '-0.05' },
    ],
  })
  await svc.relay()
  const events = (await svc.published(purchaseRecorded)).filter(({ id }) => id === made.id)
  expect(events).toEqual([
    {
      id: made.id,
      version: 1,
      customerId,
      kind: 'SALE',
      orderedAt: made.orderedAt,
      channel: 'web.shop',
      total: { amount: '0.2050', currency: 'EUR' },
      lineCount: 3,
    },
  ])
})

test('a summary counts sales, nets cancellations, and rounds once at the end', async () => {
  const id = await aCustomer()
  await record(id, { lines: [{ quantity: '1', unitPrice: '10.0025' }], orderedAt: '2026-01-01T00:00:00Z' })
  await record(id, { lines: [{ quantity: '1', unitPrice: '10.0025' }], orderedAt: '2026-02-01T00:00:00Z' })
  await record(id, {
    kind: 'CANCELLATION',
    lines: [{ quantity: '1', unitPrice: '5' }],
    orderedAt: '2026-03-01T00:00:00Z',
  })
  await record(id, { currency: 'JPY', lines: [{ quantity: '1', unitPrice: '100.5' }] })
  const { customer } = await sales.query(SUMMARY, { id })
  expect(customer).toEqual({
    purchaseSummary: {
      count: 2,
      total: { amount: '15.01', currency: 'EUR' },
      firstAt: '2026-01-01T00:00:00.000Z',
      lastAt: '2026-02-01T00:00:00.000Z',
    },
    purchaseSummaries: [
      { count: 2, total: { amount: '15.01', currency: 'EUR' } },
      { count: 1, total: { amount: '101', currency: 'JPY' } },
    ],
  })
})

test('a customer with cancellations alone has a negative total and no first sale', async () => {
  const id = await aCustomer()
  await record(id, { kind: 'CANCELLATION', lines: [{ quantity: '-2', unitPrice: '4' }] })
  const { customer } = await sales.query(SUMMARY, { id })
  expect(customer.purchaseSummary).toEqual({
    count: 0,
    total: { amount: '-8', currency: 'EUR' },
    firstAt: null,
    lastAt: null,
  })
})

test('all faults are reported together, with their paths', async () => {
  const error = await record(await aCustomer(), {
    kind: 'CANCELLATION',
    orderedAt: '2999-01-01T00:00:00Z',
    channel: 'in store',
    lines: [
      { quantity: '0', unitPrice: '-1' },
      { quantity: '1', unitPrice: '1', discount: '1.1' },
      { quantity: '-1', unitPrice: '1' },
    ],
  }).catch((thrown) => thrown)
  expect(error).toMatchObject({ code: 'INVALID', fields: expect.anything() })
  expect(
    error.fields.map(({ path, reason }: { path: string; reason: string }) => `${path} ${reason}`).toSorted(),
  ).toEqual([
    'input.channel code.malformed',
    'input.lines purchase.mixed_signs',
    'input.lines.0.quantity number.out_of_range',
    'input.lines.0.unitPrice number.out_of_range',
    'input.lines.1.discount number.out_of_range',
    'input.orderedAt time.future',
  ])
})

test.each([
  ['no lines', { lines: [] }, 'list.too_short'],
  ['too many lines', { lines: Array(1001).fill({ quantity: '1', unitPrice: '1' }) }, 'list.too_long'],
  [
    'a total beyond what can be stored',
    { lines: [{ quantity: '999999999', unitPrice: '999999999' }] },
    'purchase.too_large',
  ],
])('%s is refused', async (_, fields, reason) => {
  const error = await record(await aCustomer(), fields).catch((thrown) => thrown)
  expect(error.fields.map((field: { reason: string }) => field.reason)).toContain(reason)
})

test('a currency that there is not is refused', async () => {
  await expect(record(await aCustomer(), { currency: 'EURO' })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'scalar.CurrencyCode',
  })
})

test('unknown customers, taken origins and repeated keys', async () => {
  const id = await aCustomer()
  await expect(record(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  await expect(record('x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const globex = svc.as({ roles: ['sales'], tenant: 'globex' })
  await expect(globex.mutate(RECORD, { input: aPurchase(id) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const origin = { system: 'erp', externalId: randomUUID() }
  await record(id, { origin })
  await expect(record(id, { origin })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'purchase.origin_taken' })
  const one = svc.as({ roles: ['sales'], subject: randomUUID() })
  const input = aPurchase(id, { idempotencyKey: 'k' })
  const [a, b] = [await one.mutate(RECORD, { input }), await one.mutate(RECORD, { input })]
  expect(a.recordPurchase.id).toBe(b.recordPurchase.id)
  const purchase = 'query ($id: ID!) { purchase(id: $id) { id } }'
  expect((await sales.query(purchase, { id: a.recordPurchase.id })).purchase.id).toBe(a.recordPurchase.id)
  await expect(globex.query(purchase, { id: a.recordPurchase.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'purchase.unknown',
  })
})

test('purchases of many customers, their lines and summaries cost one statement each', async () => {
  const ids = []
  for (let i = 0; i < 4; i++) {
    const id = await aCustomer()
    for (const day of [1, 2, 3]) await record(id, { orderedAt: `2026-01-0${day}T00:00:00Z` })
    ids.push(id)
  }
  statements.length = 0
  const { _entities } = await sales.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { purchaseSummary { count } purchaseSummaries { count }
      purchases(first: 2) { nodes { orderedAt lines { sku } customer { displayName } } pageInfo { hasNextPage } } } } }`,
    { r: ids.map((id) => ({ __typename: 'Customer', id })) },
  )
  const node = (day: number) => ({
    orderedAt: `2026-01-0${day}T00:00:00.000Z`,
    lines: [{ sku: 'P1' }],
    customer: { displayName: 'Buyer' },
  })
  expect(_entities).toEqual(
    ids.map(() => ({
      purchaseSummary: { count: 3 },
      purchaseSummaries: [{ count: 3 }],
      purchases: { nodes: [node(3), node(2)], pageInfo: { hasNextPage: true } },
    })),
  )
  expect(statements.filter((sql) => /\b(from|join)\b/i.test(sql))).toHaveLength(4)
})
