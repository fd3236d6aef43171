import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { shippedMapping, startImports } from '../../fixture/import.js'

const data = process.env.CLIENTELE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))
const isThere = existsSync(`${data}/northwind/customers.csv`)
if (!isThere) console.info(`The public data sets are not in ${data}: set CLIENTELE_DATA to test their import.`)
const onData = isThere ? test : test.skip

const imports = isThere ? await startImports() : undefined
const { sql, events, refused, ...run } = imports ?? ({} as NonNullable<typeof imports>)

const purchases = async (system: string) => {
  const [row] = await sql(
    `select count(*)::int as purchases, count(*) filter (where kind = 'CANCELLATION')::int as cancellations,
       round(sum(total), 2)::text as net, count(distinct customer_id)::int as customers,
       (select count(*)::int from purchase_line where purchase_id in (select id from purchase where origin_system = ?)) as lines
     from purchase where origin_system = ?`,
    [system, system],
  )
  return row
}

const northwind = {
  what: 'customers',
  file: `${data}/northwind/customers.csv`,
  map: shippedMapping('northwind-customers'),
} as const
const orders = {
  what: 'purchases',
  file: `${data}/northwind/orders.csv`,
  lines: `${data}/northwind/order_details.csv`,
  map: shippedMapping('northwind-orders'),
} as const
const retail = {
  what: 'purchases',
  file: `${data}/online_retail/online_retail_2010-12_to_2011-02.csv.gz`,
  map: shippedMapping('online-retail'),
} as const

onData('northwind: 91 customers; telephone numbers that cannot be read are kept and marked', async () => {
  const summary = await run.import(northwind)
  expect(summary).toMatchObject({ rows: 91, created: 91, rejected: 0, errorFile: null })
  const [{ kept, invalid } = { kept: 0, invalid: 0 }] = await sql<{ kept: number; invalid: number }>(
    `select count(*)::int as kept, count(*) filter (where point ->> 'status' = 'INVALID')::int as invalid
     from customer, jsonb_array_elements(contact_points) as point where origin_system = 'northwind'`,
  )
  expect([kept, invalid]).toEqual([91 + 69, summary.warnings])
  expect(invalid).toBeGreaterThan(0)
})

onData('northwind: 830 purchases with 2,155 lines, 1,265,793.04 in total', async () => {
  expect(await run.import(orders)).toMatchObject({ created: 830, lines: 2_155, rejected: 0 })
  expect(await purchases('northwind')).toMatchObject({
    purchases: 830,
    lines: 2_155,
    net: '1265793.04',
    cancellations: 0,
  })
})

onData('online retail: 1,749 customers, 4,146 invoices, 761 of them cancellations, net 1,466,224.55', async () => {
  const summary = await run.import(retail)
  expect(summary).toMatchObject({ rows: 105_335, created: 4_146, rejectedRows: 36_210 })
  expect(await purchases('online-retail')).toEqual({
    purchases: 4_146,
    cancellations: 761,
    net: '1466224.55',
    customers: 1_749,
    lines: summary.lines,
  })
  const rows = await refused(summary.errorFile)
  expect(rows).toHaveLength(36_210)
  expect(new Set(rows.map(([, column, reason]) => `${column} ${reason}`))).toEqual(new Set(['CustomerID cell.empty']))
})

onData('a second run of each changes nothing and emits nothing', async () => {
  const before = await events()
  expect(before).toBe(91 + 830 + 1_749 + 4_146)
  for (const files of [northwind, orders, retail]) {
    const summary = await run.import(files)
    expect(summary).toMatchObject({ created: 0, updated: 0 })
    expect(summary.unchanged).toBeGreaterThan(0)
  }
  expect(await events()).toBe(before)
})
