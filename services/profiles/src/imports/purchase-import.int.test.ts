import { customerCreated, purchaseCorrected, purchaseRecorded } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql) })
const IMPORT = `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) { created updated unchanged rejected
  rows { index externalId outcome id faults { path reason } warnings { path reason } } } }`
const manager = svc.as('manager')
const run = async (input: object, as = manager) => (await as.mutate(IMPORT, { input })).importPurchases
const buyer = (externalId: string) => ({ externalId, kind: 'PERSON', displayName: `Buyer ${externalId}` })
const sale = (externalId: string, fields: object = {}) => ({
  externalId,
  customer: buyer('1'),
  createMissingCustomer: true,
  orderedAt: '2026-02-01T08:00:00Z',
  currency: 'GBP',
  lines: [
    { sku: 'A', quantity: '6', unitPrice: '2.55' },
    { sku: 'B', quantity: '1', unitPrice: '3', discount: '0.05' },
  ],
  ...fields,
})
const publishedFor = async (type: typeof purchaseRecorded, ids: readonly string[]) => {
  await svc.relay()
  return (await svc.published(type))
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.version - b.version))
}

test('purchases and missing customers are made once, each with one event; the same rows again change nothing', async () => {
  const rows = [
    sale('536365'),
    sale('536366'),
    sale('C536367', {
      kind: 'CANCELLATION',
      customer: { ...buyer('2'), tags: ['new'] },
      lines: [{ quantity: '-1', unitPrice: '5' }],
    }),
  ]
  const first = await run({ system: 'shop', rows })
  expect(first).toMatchObject({ created: 3, rejected: 0 })
  statements.length = 0
  expect(await run({ system: 'shop', rows })).toMatchObject({ unchanged: 3 })
  expect(statements.filter((sql) => /^\s*(insert|update|delete)/i.test(sql))).toEqual([])
  const ids = first.rows.map(({ id }: { id: string }) => id)
  expect(await publishedFor(purchaseRecorded, ids)).toMatchObject([
    { total: { amount: '18.1500', currency: 'GBP' }, lineCount: 2 },
    { kind: 'SALE' },
    { kind: 'CANCELLATION', total: { amount: '-5.0000' } },
  ])
  expect((await svc.published(customerCreated)).length).toBe(2)
  const { customerByOrigin } = await manager.query(
    '{ customerByOrigin(system: "shop", externalId: "1") { purchaseSummary { count total { amount } } purchases { totalCount } } }',
  )
  expect(customerByOrigin).toEqual({
    purchaseSummary: { count: 2, total: { amount: '36.3' } },
    purchases: { totalCount: 2 },
  })
})

test('a corrected purchase is updated as a whole, with one event that says what changed', async () => {
  const [{ id }] = (await run({ system: 'fix', rows: [sale('1')] })).rows
  const lines = [
    { sku: 'A', description: 'now told', quantity: '6', unitPrice: '2.55' },
    { sku: 'B', quantity: '1', unitPrice: '3', discount: '0.05' },
  ]
  expect(await run({ system: 'fix', rows: [sale('1', { lines })] })).toMatchObject({ updated: 1 })
  expect(await run({ system: 'fix', rows: [sale('1', { lines: lines.slice(0, 1), channel: 'web' })] })).toMatchObject({
    updated: 1,
  })
  expect(await publishedFor(purchaseCorrected as typeof purchaseRecorded, [id])).toMatchObject([
    { version: 2, changedFields: ['lines'] },
    { version: 3, changedFields: ['channel', 'total', 'lines'], lineCount: 1, total: { amount: '15.3000' } },
  ])
  const { purchase } = await manager.query('query ($id: ID!) { purchase(id: $id) { lines { sku description } } }', {
    id,
  })
  expect(purchase.lines).toEqual([{ sku: 'A', description: 'now told' }])
})

test('rows with faults are rejected and stop no other, and leave no customer behind', async () => {
  const rows = [
    sale('1', { createMissingCustomer: false }),
    sale('2', { customer: { externalId: '9' } }),
    sale('3', { customer: buyer('only-bad'), lines: [{ quantity: '0', unitPrice: '1' }] }),
    sale('4', { customer: { ...buyer('bad'), territory: 'a b' } }),
    sale(' '),
    sale('6'),
    sale('6', { customer: buyer('other') }),
  ]
  const result = await run({ system: 'bad', rows })
  expect(result).toMatchObject({ created: 1, rejected: 6 })
  expect(
    result.rows.map(({ faults }: { faults: { path: string; reason: string }[] }) =>
      faults.map(({ path, reason }) => `${path} ${reason}`).join(),
    ),
  ).toEqual([
    'customer.externalId customer.unknown',
    'customer.kind customer.kind_required',
    'lines.0.quantity number.out_of_range',
    'customer.territory key.malformed',
    'externalId text.required',
    '',
    'externalId row.repeated,customer.externalId purchase.customer_changed',
  ])
  for (const externalId of ['only-bad', 'other']) {
    await expect(
      manager.query(
        'query ($externalId: String!) { customerByOrigin(system: "bad", externalId: $externalId) { id } }',
        { externalId },
      ),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})

test('an invoice that comes twice in a batch is recorded once and never overwritten', async () => {
  const result = await run({
    system: 'twice',
    rows: [sale('1', { channel: 'web' }), sale('1\u3000', { channel: 'shop' }), sale(' 1', { channel: 'web' })],
  })
  expect(result.rows).toMatchObject([
    { outcome: 'CREATED' },
    { outcome: 'REJECTED', faults: [{ path: 'externalId', reason: 'row.repeated' }] },
    { outcome: 'UNCHANGED' },
  ])
  expect(await publishedFor(purchaseRecorded, [result.rows[0].id])).toMatchObject([{ version: 1, channel: 'web' }])
})

test('a hundred invoices of twenty lines take few statements', async () => {
  const lines = Array.from({ length: 20 }, (_, i) => ({
    sku: `S${i}`,
    description: `Thing ${i}`,
    quantity: '2',
    unitPrice: '1.25',
  }))
  const rows = Array.from({ length: 100 }, (_, i) => sale(`i${i}`, { customer: buyer(`b${i % 30}`), lines }))
  statements.length = 0
  expect(await run({ system: 'fast', rows })).toMatchObject({ created: 100 })
  const work = statements.filter((sql) => !/^\s*(begin|commit|select set_config)/i.test(sql))
  expect(work.length).toBeLessThanOrEqual(11)
})

test('a dry run tells the same and keeps nothing', async () => {
  const rows = [sale('1'), sale('2', { lines: [] })]
  const told = await run({ system: 'dry', dryRun: true, rows })
  expect(await run({ system: 'dry', dryRun: true, rows })).toEqual(told)
  const done = await run({ system: 'dry', rows })
  expect(told).toEqual({ ...done, rows: done.rows.map((row: object) => ({ ...row, id: null })) })
})

test('imports of the same invoices at the same time record each once', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => sale(`p${i}`, { customer: buyer(`p${i % 7}`) }))
  const results = await Promise.all([rows, rows.toReversed(), rows].map((some) => run({ system: 'race', rows: some })))
  expect(results.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([0, 0, 30])
})

test('who may not import is refused', async () => {
  await expect(run({ system: 'x', rows: [sale('1')] }, svc.as('sales'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a correction by hand stays until the source itself says something else', async () => {
  const [{ id }] = (await run({ system: 'corrected', rows: [sale('1')] })).rows
  const CORRECT = 'mutation ($input: CorrectPurchaseInput!) { correctPurchase(input: $input) { version } }'
  const correct = (channel: string) => manager.mutate(CORRECT, { input: { id, channel, reason: 'asked the customer' } })
  const channelOf = async () =>
    (await manager.query('query ($id: ID!) { purchase(id: $id) { channel } }', { id })).purchase.channel
  await correct('shop')
  expect(await run({ system: 'corrected', rows: [sale('1'), sale('2')] })).toMatchObject({ unchanged: 1, created: 1 })
  expect(await channelOf()).toBe('shop')
  // The source says the same as the correction by now, and goes on to say so.
  const told = sale('1', { channel: 'shop' })
  expect(await run({ system: 'corrected', rows: [told] })).toMatchObject({ unchanged: 1 })
  expect(await correct('web')).toEqual({ correctPurchase: { version: 3 } })
  expect(await run({ system: 'corrected', rows: [told] })).toMatchObject({ unchanged: 1 })
  expect(await channelOf()).toBe('web')
  expect(await run({ system: 'corrected', rows: [sale('1', { channel: 'phone' })] })).toMatchObject({ updated: 1 })
  expect(await channelOf()).toBe('phone')
})

test('what was voided here stays void, and the row says so', async () => {
  const first = await run({ system: 'voiding', rows: [sale('1'), sale('2')] })
  const VOID = 'mutation ($input: VoidPurchaseInput!) { voidPurchase(input: $input) { id } }'
  await manager.mutate(VOID, { input: { id: first.rows[0].id, reason: 'entered twice' } })
  const other = { lines: [{ quantity: '1', unitPrice: '99' }] }
  const again = await run({ system: 'voiding', rows: [sale('1', other), sale('2', other)] })
  expect(again).toMatchObject({
    ...{ unchanged: 1, updated: 1, rejected: 0 },
    rows: [
      { outcome: 'UNCHANGED', id: first.rows[0].id, warnings: [{ path: 'externalId', reason: 'purchase.voided' }] },
      { outcome: 'UPDATED', warnings: [] },
    ],
  })
})
