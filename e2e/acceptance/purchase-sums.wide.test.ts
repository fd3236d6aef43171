import { isDeepStrictEqual } from 'node:util'
import { createRandom } from '@clientele/query-compiler/equality'
import { until } from '@clientele/testkit'
import { startAcceptance } from '../platform/platform.js'

const platform = await startAcceptance()
const admin = (query: string, variables: object) => platform.ask('admin', query, variables)
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const RECORD = 'mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }'
const VOID = 'mutation ($input: VoidPurchaseInput!) { voidPurchase(input: $input) { id } }'
const SUMS = `query ($ids: [ID!]!) { customersById(ids: $ids) { id
  purchaseSummary { total { amount currency } }
  purchaseSummaries { count lastAt total { amount currency } }
  facts { purchaseCount lastPurchaseAt purchaseTotals { amount currency } } rfm { frequency monetary { amount currency } } } }`

interface Bought {
  kind: string
  orderedAt: string
  currency: string
  isVoid?: boolean
}

/** As profiles says it, and as segmentation does. */
const readings = ({ purchaseSummary, purchaseSummaries, facts, rfm }: any) => {
  const sales = purchaseSummaries.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
  const dates = purchaseSummaries.map(({ lastAt }: { lastAt: string | null }) => lastAt).filter(Boolean)
  const totals = purchaseSummaries.map(({ total }: { total: { amount: string; currency: string } }) => total)
  const byCurrency = (all: { currency: string }[]) => all.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
  const own = {
    sales,
    main: sales ? purchaseSummary.total : null,
    last: dates.toSorted().at(-1) ?? null,
    totals: byCurrency(totals),
  }
  const kept = {
    sales: facts?.purchaseCount ?? 0,
    main: rfm?.monetary ?? null,
    last: facts?.lastPurchaseAt ?? null,
    totals: byCurrency(facts?.purchaseTotals ?? []),
  }
  return [own, kept] as const
}

test('what was bought, and its main currency, is the same wherever it is asked, whatever was bought, cancelled and voided', async () => {
  const random = createRandom(11)
  const days = ['2026-03-01T08:00:00Z', '2026-03-02T08:00:00Z', '2026-03-03T08:00:00Z']
  const any = (): Bought => ({
    kind: random.one(['SALE', 'SALE', 'SALE', 'CANCELLATION']),
    orderedAt: random.one(days),
    currency: random.one(['EUR', 'CNY', 'JPY']),
    isVoid: random.chance(0.25),
  })
  const sale = (currency: string, day: number, kind = 'SALE'): Bought => ({ kind, currency, orderedAt: days[day]! })
  const histories = [
    [sale('CNY', 0), sale('EUR', 1)],
    [sale('EUR', 0), sale('CNY', 1)],
    [sale('EUR', 1), sale('CNY', 1)],
    [sale('CNY', 1), sale('EUR', 0), sale('EUR', 2, 'CANCELLATION')],
    [{ ...sale('EUR', 2), isVoid: true }, sale('EUR', 0), sale('CNY', 0)],
    ...Array.from({ length: 12 }, () => Array.from({ length: 6 }, any)),
  ]
  const ids: string[] = []
  for (const history of histories) {
    const input = { kind: 'PERSON', person: { familyName: 'a', givenName: 'b' } }
    const customerId: string = (await admin(CREATE, { input })).createCustomer.id
    ids.push(customerId)
    for (const { isVoid, ...bought } of history) {
      const lines = [{ sku: 'A', quantity: '1', unitPrice: random.one(['1', '20', '300']) }]
      const { recordPurchase } = await admin(RECORD, { input: { customerId, ...bought, lines } })
      if (isVoid) await admin(VOID, { input: { id: recordPurchase.id, reason: 'r' } })
    }
  }
  const seen = await until(async () => {
    const both = (await admin(SUMS, { ids })).customersById.map(readings) as ReturnType<typeof readings>[]
    // The events have arrived.
    return both.every(([own, kept]) => isDeepStrictEqual(own.totals, kept.totals) && own.sales === kept.sales) && both
  })
  for (const [own, kept] of seen) expect(kept).toEqual(own)
})

test("the sum in the tenant's currency is the same wherever it is asked, and follows another rate", async () => {
  const RATES = 'mutation ($input: RecordExchangeRatesInput!) { recordExchangeRates(input: $input) { recorded } }'
  const record = (rates: Record<string, string>) =>
    admin(RATES, {
      input: {
        source: 'manual',
        rates: Object.entries(rates).map(([quote, rate]) => ({ base: 'EUR', quote, day: today, rate })),
      },
    })
  const today = new Date().toISOString().slice(0, 10)
  const CONVERTED = `query ($ids: [ID!]!) { customersById(ids: $ids) {
    purchaseTotal { total { amount currency } unconverted { currency } } facts { convertedTotal { amount currency } unconverted } } }`
  const input = { kind: 'PERSON', person: { familyName: 'a', givenName: 'b' } }
  const ids: string[] = []
  for (const currencies of [['EUR'], ['CNY', 'EUR'], ['JPY', 'CHF'], ['JPY', 'JPY', 'CNY', 'EUR']]) {
    const customerId: string = (await admin(CREATE, { input })).createCustomer.id
    ids.push(customerId)
    for (const currency of currencies) {
      const lines = [{ quantity: '3', unitPrice: '33.3333' }]
      await admin(RECORD, { input: { customerId, orderedAt: '2026-03-01T08:00:00Z', currency, lines } })
    }
  }
  const changes: Record<string, string>[] = [{ CNY: '7.83', JPY: '161.27' }, { JPY: '3' }]
  for (const rates of changes) {
    await record(rates)
    const seen = await until(async () => {
      const found = (await admin(CONVERTED, { ids })).customersById
      const agree = found.every(({ purchaseTotal: { total, unconverted }, facts }: any) =>
        isDeepStrictEqual(
          [total, unconverted.map(({ currency }: any) => currency)],
          [facts?.convertedTotal, facts?.unconverted],
        ),
      )
      return agree && found
    })
    expect(seen.map(({ purchaseTotal }: any) => purchaseTotal.unconverted.length)).toEqual([0, 0, 1, 0])
    expect(seen[0].purchaseTotal.total).toEqual({ amount: '100', currency: 'EUR' })
  }
})
