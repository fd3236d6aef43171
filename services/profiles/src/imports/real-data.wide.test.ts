import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const data = process.env.CLIENTELE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))
const there = existsSync(data)
if (!there) console.info(`The tests on real data are skipped: there is no ${data}; set CLIENTELE_DATA.`)

const CUSTOMERS =
  'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created updated unchanged rejected rows { faults { path } } } }'
const PURCHASES =
  'mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) { created updated unchanged rejected rows { faults { path } } } }'

type Line = Record<string, string | null>

/** Rows of a CSV file with a header line; NULL and empty cells are null. */
const rowsOf = (file: string): Line[] => {
  const bytes = readFileSync(`${data}/${file}`)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [header = [], ...lines] = [...text.matchAll(/((?:"(?:[^"]|"")*"|[^,\n"]*)(?:,|\r?\n|$))+?(?<=\n|$)/g)]
    .map(([line]) =>
      [...line.replace(/\r?\n$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
    .filter((cells) => cells.length > 1)
  return lines.map((cells) =>
    Object.fromEntries(header.map((name, at) => [name, cells[at] && cells[at] !== 'NULL' ? cells[at] : null])),
  )
}

const northwindCustomers = () =>
  rowsOf('northwind/customers.csv').map((row) => ({
    externalId: row.customerID,
    kind: 'ORGANIZATION',
    organization: { legalName: row.companyName },
    contactPoints: [
      { kind: 'PHONE', value: row.phone },
      { kind: 'FAX', value: row.fax },
    ].filter(({ value }) => value),
    contactPeople: [{ name: row.contactName, role: row.contactTitle }],
    addresses: [
      { lines: [row.address], city: row.city, region: row.region, postalCode: row.postalCode, country: row.country },
    ],
  }))

const northwindOrders = () => {
  const lines = Map.groupBy(rowsOf('northwind/order_details.csv'), (line) => line.orderID)
  return rowsOf('northwind/orders.csv').map((row) => ({
    externalId: row.orderID,
    customer: { externalId: row.customerID },
    orderedAt: `${row.orderDate?.slice(0, 10)}T00:00:00Z`,
    currency: 'USD',
    lines: (lines.get(row.orderID ?? '') ?? []).map(({ productID: sku, unitPrice, quantity, discount }) => ({
      sku,
      unitPrice,
      quantity,
      discount,
    })),
  }))
}

const onlineRetail = () => {
  const known = rowsOf('online_retail/online_retail_2010-12_to_2011-02.csv.gz').filter((row) => row.CustomerID)
  return [...Map.groupBy(known, (row) => row.InvoiceNo ?? '')].map(([externalId, lines]) => {
    const [first = {}] = lines
    const customer = String(first.CustomerID).replace('.0', '')
    return {
      externalId,
      kind: externalId.startsWith('C') ? 'CANCELLATION' : 'SALE',
      createMissingCustomer: true,
      currency: 'GBP',
      customer: {
        externalId: customer,
        kind: 'PERSON',
        displayName: `Customer ${customer}`,
        addresses: [{ country: first.Country }],
      },
      orderedAt: `${first.InvoiceDate?.replace(' ', 'T')}Z`,
      lines: lines.map((line) => ({
        sku: line.StockCode,
        description: line.Description,
        quantity: line.Quantity,
        unitPrice: line.UnitPrice,
      })),
    }
  })
}

const suite = there ? describe : describe.skip

suite('real data', () => {
  const importing = async (tenant: string, mutation: string, system: string, rows: readonly object[]) => {
    const as = svc.as({ roles: ['manager'], tenant })
    const sum = { created: 0, updated: 0, unchanged: 0, rejected: 0 }
    for (let from = 0; from < rows.length; from += 100) {
      const answer = await as.mutate(mutation, { input: { system, rows: rows.slice(from, from + 100) } })
      const result = answer.importCustomers ?? answer.importPurchases
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += result[key]
    }
    return sum
  }
  const kept = async (tenant: string) => {
    const as = svc.as({ roles: ['analyst'], tenant })
    const { customers, purchaseTotals } = await as.query(
      '{ customers(first: 0) { totalCount } purchaseTotals { sales cancellations lines net { amount currency } } }',
    )
    const { rows } = await svc.database.system.query('select count(*)::int as events from outbox where tenant = $1', [
      tenant,
    ])
    return { customers: customers.totalCount, purchases: purchaseTotals, events: rows[0].events }
  }
  const outcome = (counts: object) => ({ created: 0, updated: 0, unchanged: 0, rejected: 0, ...counts })

  test('northwind: 91 customers, 830 purchases with 2,155 lines; a second run changes nothing', async () => {
    const [customers, orders] = [northwindCustomers(), northwindOrders()]
    for (const fate of ['created', 'unchanged']) {
      expect(await importing('northwind', CUSTOMERS, 'northwind', customers)).toEqual(outcome({ [fate]: 91 }))
      expect(await importing('northwind', PURCHASES, 'northwind', orders)).toEqual(outcome({ [fate]: 830 }))
    }
    expect(await kept('northwind')).toEqual({
      customers: 91,
      purchases: [{ sales: 830, cancellations: 0, lines: '2155', net: { amount: '1265793.04', currency: 'USD' } }],
      events: 91 + 830,
    })
  })

  test('online retail: 1,749 customers, 4,146 invoices, 761 of them cancellations; a second run changes nothing', async () => {
    const invoices = onlineRetail()
    for (const fate of ['created', 'unchanged']) {
      expect(await importing('retail', PURCHASES, 'retail', invoices)).toEqual(outcome({ [fate]: 4146 }))
    }
    expect(await kept('retail')).toEqual({
      customers: 1749,
      purchases: [{ sales: 3385, cancellations: 761, lines: '69125', net: { amount: '1466224.55', currency: 'GBP' } }],
      events: 1749 + 4146,
    })
  })
})
