import { randomUUID } from 'node:crypto'
import { purchaseCorrected, purchaseRecorded, purchaseVoided } from '@clientele/contracts'
import { formatDecimal, parseDecimal, roundToMinor } from '@clientele/kit'
import { createRandom } from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql), queryCompiler: false })
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
      status: 'RECORDED',
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

const CHANGED =
  'id version status voidedAt changeReason kind channel lineCount total { amount currency } lines { sku total }'
const CORRECT = `mutation ($input: CorrectPurchaseInput!) { correctPurchase(input: $input) { ${CHANGED} } }`
const VOID = `mutation ($input: VoidPurchaseInput!) { voidPurchase(input: $input) { ${CHANGED} } }`
const correct = async (input: object, as = sales) => (await as.mutate(CORRECT, { input })).correctPurchase
const declareVoid = async (input: object, as = svc.as('manager')) => (await as.mutate(VOID, { input })).voidPurchase

test('a purchase is corrected: what is left out stays, sums follow, the same again changes nothing', async () => {
  const customerId = await aCustomer()
  const { id } = await record(customerId, {
    channel: 'web.shop',
    lines: [{ sku: 'A', quantity: '2', unitPrice: '10' }],
  })
  const reason = ' the price was wrong '
  const lines = [{ sku: 'A', quantity: '2', unitPrice: '7' }]
  const right = {
    ...{ id, version: 2, status: 'RECORDED', voidedAt: null, kind: 'SALE', channel: 'web.shop', lineCount: 1 },
    ...{
      changeReason: 'the price was wrong',
      total: { amount: '14', currency: 'EUR' },
      lines: [{ sku: 'A', total: '14' }],
    },
  }
  expect(await correct({ id, reason, lines, expectedVersion: 1 })).toEqual(right)
  expect(await correct({ id, reason: 'again', lines })).toEqual(right)
  expect(await correct({ id, reason: 'r', channel: null, currency: 'CHF' })).toMatchObject({
    ...{ version: 3, channel: null, changeReason: 'r', total: { amount: '14', currency: 'CHF' }, lines: right.lines },
  })
  expect((await sales.query(SUMMARY, { id: customerId })).customer.purchaseSummaries).toEqual([
    { count: 1, total: { amount: '14', currency: 'CHF' } },
  ])
  await svc.relay()
  const told = (await svc.published(purchaseCorrected)).filter((event) => event.id === id)
  expect(told).toMatchObject([
    {
      version: 2,
      status: 'RECORDED',
      total: { amount: '14.0000', currency: 'EUR' },
      changedFields: ['total', 'lines'],
    },
    { version: 3, channel: null, changedFields: ['channel', 'currency'] },
  ])
  await expect(correct({ id, reason, expectedVersion: 1 })).rejects.toMatchObject({ reason: 'version.stale' })
  const faults = await correct({ id, reason: ' ', kind: 'CANCELLATION' }).catch((error) => error)
  expect(faults.fields.map(({ path, reason: why }: Record<string, string>) => `${path} ${why}`)).toEqual([
    'input.reason text.required',
    'input.lines purchase.lines_required',
  ])
  const me = svc.as({ roles: ['sales'], subject: randomUUID() })
  const once = { id, reason: 'r', paymentMethod: 'cash', expectedVersion: 3, idempotencyKey: 'k' }
  expect([await correct(once, me), await correct(once, me)]).toMatchObject([{ version: 4 }, { version: 4 }])
})

test('a purchase is voided by those who may: it stays, and counts for nothing', async () => {
  const customerId = await aCustomer()
  const { id } = await record(customerId, { origin: { system: 'till', externalId: 'v' } })
  const totals = () => sales.query('{ purchaseTotals(system: "till") { sales lines net { amount } } }')
  expect((await totals()).purchaseTotals).toEqual([{ sales: 1, lines: '1', net: { amount: '20' } }])
  for (const role of ['sales', 'service', 'analyst', 'privacy_officer', 'service_account']) {
    await expect(declareVoid({ id, reason: 'r' }, svc.as(role))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const gone = { version: 2, status: 'VOIDED', changeReason: 'entered twice', total: { amount: '20', currency: 'EUR' } }
  expect(await declareVoid({ id, reason: 'entered twice', expectedVersion: 1 })).toMatchObject(gone)
  expect(await declareVoid({ id, reason: 'once more', expectedVersion: 1 })).toMatchObject(gone)
  await expect(correct({ id, reason: 'r' })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'purchase.voided' })
  await expect(record(customerId, { origin: { system: 'till', externalId: 'v' } })).rejects.toMatchObject({
    reason: 'purchase.origin_taken',
  })
  const LIST = `query ($id: ID!) { customer(id: $id) { purchaseSummary { count total { amount } }
    all: purchases { nodes { id status } } counting: purchases(filter: { status: { eq: RECORDED } }) { totalCount } } }`
  expect((await sales.query(LIST, { id: customerId })).customer).toEqual({
    purchaseSummary: { count: 0, total: null },
    all: { nodes: [{ id, status: 'VOIDED' }] },
    counting: { totalCount: 0 },
  })
  expect((await totals()).purchaseTotals).toEqual([])
  const ANY = 'query { customers(filter: { hasPurchases: true }, first: 100) { nodes { id } } }'
  expect((await sales.query(ANY)).customers.nodes).not.toContainEqual({ id: customerId })
  await svc.relay()
  expect((await svc.published(purchaseVoided)).filter((event) => event.id === id)).toMatchObject([
    { version: 2, status: 'VOIDED', customerId, total: { amount: '20.0000', currency: 'EUR' } },
  ])
})

test('sums are exact and have room, whatever is recorded, corrected and voided', async () => {
  const random = createRandom(11)
  const as = svc.as({ roles: ['manager'], tenant: 'sums' })
  const customers: string[] = []
  for (const displayName of ['a', 'b']) {
    customers.push((await as.mutate(CREATE, { input: { kind: 'PERSON', displayName } })).createCustomer.id)
  }
  const known = new Map<string, { customer: string; currency: string; amount: bigint; counts: boolean }>()
  const anAmount = () => random.one(['999999999999999', '999999999999999.9999', '0.0001', '10.555', '0.005', '12'])
  const linesOf = (unitPrice: string) => [{ quantity: '1', unitPrice }]
  for (let step = 0; step < 40; step++) {
    const amount = anAmount()
    const action = random.one(['record', 'record', 'void', 'correct'])
    const [id, it] = random.one([...known, ['', undefined] as const])
    if (action === 'record' || !it) {
      const [customer, currency] = [random.one(customers), random.one(['EUR', 'JPY', 'HUF', 'KWD'])]
      const kind = random.chance(0.2) ? 'CANCELLATION' : 'SALE'
      const input = aPurchase(customer, { currency, kind, lines: linesOf(amount) })
      const { recordPurchase } = await as.mutate(RECORD, { input })
      const signed = parseDecimal(amount) * (kind === 'SALE' ? 1n : -1n)
      known.set(recordPurchase.id, { customer, currency, amount: signed, counts: true })
    } else if (action === 'void') {
      await declareVoid({ id, reason: 'r' }, as)
      it.counts = false
    } else if (it.counts) {
      await correct({ id, reason: 'r', lines: linesOf(amount) }, as)
      it.amount = parseDecimal(amount) * (it.amount < 0n ? -1n : 1n)
    }
  }
  const expected = (of: (one: { customer: string }) => boolean) => {
    const counting = [...known.values()].filter((one) => one.counts && of(one))
    const sums = Map.groupBy(counting, ({ currency }) => currency)
    return Object.fromEntries(
      [...sums].map(([currency, ones]) => {
        const sum = ones.reduce((total, one) => total + one.amount, 0n)
        return [currency, parseDecimal(roundToMinor(formatDecimal(sum), currency))]
      }),
    )
  }
  const sumsOf = (rows: { total?: Total; net?: Total }[]) =>
    Object.fromEntries(rows.map(({ total, net }) => [(total ?? net)!.currency, parseDecimal((total ?? net)!.amount)]))
  const { purchaseTotals } = await as.query('{ purchaseTotals { net { amount currency } } }')
  expect(sumsOf(purchaseTotals)).toEqual(expected(() => true))
  expect(Object.values(expected(() => true)).some((sum) => sum > 10n ** 19n)).toBe(true)
  for (const customer of customers) {
    const found = (await as.query(SUMMARY, { id: customer })).customer.purchaseSummaries
    expect(sumsOf(found)).toEqual(expected((one) => one.customer === customer))
  }
})

interface Total {
  amount: string
  currency: string
}
