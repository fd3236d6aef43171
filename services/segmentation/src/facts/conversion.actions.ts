import { createHash } from 'node:crypto'
import { arrayParameter, ClienteleError, type Context, convertSum, factorsTo, type Transaction } from '@clientele/kit'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { exchangeRates, tenantSettings } from '../settings/settings.actions.js'
import { lockFacts } from './facts.actions.js'

const customersPerTransaction = 1_000

type Basis = Awaited<ReturnType<typeof basisOf>>

/** By what totals are converted now: the tenant's currency, and what others are worth in it. Undefined where the settings are not known here. */
export const basisOf = async (tx: Transaction) => {
  const [settings] = await tenantSettings.known(tx)
  if (!settings) return undefined
  const [latest] = await exchangeRates.known(tx)
  const rates = latest?.rates ?? []
  const { currency, ratePivot: pivot, rateAgeDays: maxAgeDays } = settings
  // A day begins in the east before it does in UTC.
  const day = new Date(tx.now().getTime() + 86_400_000).toISOString().slice(0, 10)
  return { currency, rates, factorOf: factorsTo(rates, { currency, pivot, day, maxAgeDays }) }
}

/** What a basis says of every currency: two that convert alike have the same. */
const keyOf = ({ currency, rates, factorOf }: NonNullable<Basis>): string => {
  const others = [...new Set(rates.flatMap(({ base, quote }) => [base, quote]))].toSorted()
  const factors = others.map((other) => {
    const factor = factorOf(other)
    return `${other} ${factor ? `${factor.numerator}/${factor.denominator}` : ''}`
  })
  return createHash('sha256')
    .update([currency, ...factors].join('\n'))
    .digest('hex')
}

/**
 * Converts the totals of customers to the tenant's currency. While its settings are not known here, they stay unconverted, and the job follows.
 * The caller holds the lock on their facts.
 */
export const convertTotals = async (tx: Transaction, customers: readonly string[]): Promise<void> => {
  // By this row the job knows the tenant.
  await tx.em.execute('insert into total_conversion (basis) values (null) on conflict do nothing')
  const basis = await basisOf(tx)
  if (basis) await writeTotals(tx, customers, basis)
}

const writeTotals = async (tx: Transaction, customers: readonly string[], basis: NonNullable<Basis>) => {
  const rows = await tx.em.execute<{ id: string; totals: Record<string, string> }[]>(
    'select id, purchase_totals as totals from customer_facts where id = any(?::uuid[])',
    [arrayParameter(customers)],
  )
  const converted = rows.map(({ id, totals }) => {
    const amounts = Object.entries(totals).map(([currency, amount]) => ({ currency, amount }))
    const { total, unconverted } = convertSum(amounts, basis.currency, basis.factorOf)
    return { id, total: total.amount, unconverted: unconverted.map(({ currency }) => currency).toSorted() }
  })
  await tx.em.execute(
    `update customer_facts f set converted_total = row.total, converted_currency = ?, unconverted = row.unconverted, as_of = ?::timestamptz
     from jsonb_to_recordset(?::jsonb) as row (id uuid, total numeric, unconverted jsonb)
     where f.id = row.id
       and (f.converted_total, f.converted_currency, f.unconverted) is distinct from (row.total, ?, row.unconverted)`,
    [basis.currency, tx.now().toISOString(), JSON.stringify(converted), basis.currency],
  )
}

/**
 * Converts the next totals anew where the tenant's currency or some rate has changed since they were, and moves their customers between
 * segments. Answers whether any may be left.
 */
export const convertAnew = async (ctx: Context): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const [state] = await tx.em.execute<{ basis: string | null; from: string | null }[]>(
      'select basis, written_to as "from" from total_conversion for update',
    )
    if (!state) return false
    if (state.basis === null) await askOwner(tx)
    const basis = await basisOf(tx)
    if (!basis) return false
    const key = keyOf(basis)
    const from = state.basis === key ? state.from : firstId
    if (from === null) return false
    const rows = await tx.em.execute<{ id: string }[]>(
      `select id from customer_facts where id > ? and (purchase_totals <> '{}' or converted_currency is distinct from ?)
       order by id limit ?`,
      [from, basis.currency, customersPerTransaction],
    )
    const ids = rows.map(({ id }) => id)
    await lockFacts(tx, ids)
    await writeTotals(tx, ids, basis)
    await evaluateCustomers(tx, ids)
    const isDone = ids.length < customersPerTransaction
    await tx.em.execute('update total_conversion set basis = ?, written_to = ?', [key, isDone ? null : ids.at(-1)])
    return !isDone
  })

const firstId = '00000000-0000-0000-0000-000000000000'

/** For a tenant whose settings and rates were told before this service knew it. */
const askOwner = async (tx: Transaction) => {
  try {
    await tenantSettings.find(tx)
    await exchangeRates.find(tx)
  } catch (error) {
    if (!(error instanceof ClienteleError) || error.code !== 'UNAVAILABLE') throw error
    tx.log.debug('profiles is away; totals will be converted later')
  }
}
