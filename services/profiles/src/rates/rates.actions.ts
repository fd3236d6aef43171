import { exchangeRatesChanged, limits } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkList,
  checkRequiredText,
  inTurn,
  type Transaction,
  validationIssues,
  withoutRepeats,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { CurrentExchangeRates, type CurrentRate } from './exchange-rate.entity.js'
import type { ExchangeRateInput, RecordExchangeRatesInput, RecordedExchangeRates } from './rate.input.js'
import { ratePolicy } from './rate.policy.js'

// Row-level security leaves the one row of the tenant.
const ofTenant = { id: { $ne: null } }

/** The latest rates of the tenant; none where nobody has recorded any. */
export const currentRates = async (ctx: Pick<Context, 'em'>): Promise<CurrentExchangeRates | null> =>
  ctx.em.findOne(CurrentExchangeRates, ofTenant)

/** Records rates, or corrects those of the same pair and day; the same ones again change nothing. Throws INVALID, CONFLICT `rate.too_many_pairs`. */
export const recordExchangeRates = (ctx: Context, input: RecordExchangeRatesInput): Promise<RecordedExchangeRates> =>
  ctx.transaction(async (tx) => {
    tx.allow(ratePolicy.record)
    const { source, rates } = checkRates(tx, input)
    const current = await lockedRates(tx)
    const recorded = await write(tx, source, rates)
    await follow(tx, current, rates)
    return { recorded, unchanged: rates.length - recorded, current }
  })

const checkRates = (tx: Transaction, input: RecordExchangeRatesInput) => {
  const issues = validationIssues()
  const source = checkRequiredText(issues, 'source', input.source, limits.code)
  const list = checkList(issues, 'rates', input.rates, limits.exchangeRates) ?? []
  // A day begins in the east before it does in UTC.
  const latest = dayOf(new Date(tx.now().getTime() + 86_400_000))
  const { least } = limits.rateDay
  for (const [index, { base, quote, day, rate }] of list.entries()) {
    const each = issues.below(`rates.${index}`)
    each.must(base !== quote, 'quote', 'rate.same_currency', 'another currency')
    each.must(day >= least, 'day', 'date.out_of_range', `a day from ${least} on`, { least })
    each.must(day <= latest, 'day', 'date.future', 'a day that is not in the future')
    each.must(!/^-|^0$/.test(rate), 'rate', 'number.out_of_range', 'a number above 0', { above: 0 })
  }
  const rates = withoutRepeats(issues, 'rates', list, ({ base, quote, day }) => `${base}/${quote} ${day}`)
  issues.refuse()
  return { source, rates }
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** The row of the latest rates, locked, so that recordings of a tenant follow one another. */
const lockedRates = async (tx: Transaction) => {
  const found = await tx.em.findOne(CurrentExchangeRates, ofTenant, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (found) return found
  // What is not there cannot be locked: who comes second waits here, and finds it then.
  await inTurn(tx, 'exchange rates')
  return (await currentRates(tx)) ?? tx.em.create(CurrentExchangeRates, { rates: [] })
}

/** Writes them in one statement; answers how many are new or have changed. */
const write = async (tx: Transaction, source: string, rates: readonly ExchangeRateInput[]) => {
  const written = await tx.em.execute<object[]>(
    `insert into exchange_rate as known (base, quote, day, rate, source, recorded_at, recorded_by)
     select base, quote, day, rate, ?, ?::timestamptz, ?
     from jsonb_to_recordset(?::jsonb) as row (base text, quote text, day date, rate numeric)
     on conflict (tenant, base, quote, day) do update
       set rate = excluded.rate, source = excluded.source, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by
       where known.rate <> excluded.rate
     returning id`,
    [source, tx.now().toISOString(), tx.actor.subject, JSON.stringify(rates)],
  )
  return written.length
}

/** Brings the latest rates of these pairs up to date, and tells the other services where one of them has changed. */
const follow = async (tx: Transaction, current: CurrentExchangeRates, rates: readonly ExchangeRateInput[]) => {
  const touched = await tx.em.execute<CurrentRate[]>(
    `select pair.base, pair.quote, latest.day, latest.rate
     from (select distinct base, quote from jsonb_to_recordset(?::jsonb) as row (base text, quote text)) as pair
     cross join lateral (
       select day::text, trim_scale(rate)::text as rate from exchange_rate
       where base = pair.base and quote = pair.quote order by day desc limit 1
     ) as latest`,
    [JSON.stringify(rates)],
  )
  const byPair = new Map(current.rates.map((rate) => [pairOf(rate), rate]))
  const changed = touched.filter((rate) => {
    const known = byPair.get(pairOf(rate))
    return known?.day !== rate.day || known.rate !== rate.rate
  })
  if (!changed.length) return
  for (const rate of changed) byPair.set(pairOf(rate), rate)
  const { most } = limits.ratePairs
  if (byPair.size > most) {
    throw new Conflict(`There are at most ${most} pairs of currencies.`, {
      reason: 'rate.too_many_pairs',
      params: { most },
    })
  }
  current.rates = [...byPair.values()].toSorted((a, b) => (pairOf(a) < pairOf(b) ? -1 : 1))
  tx.emit(exchangeRatesChanged, current, { rates: current.rates })
}

const pairOf = ({ base, quote }: Pick<CurrentRate, 'base' | 'quote'>) => `${base}/${quote}`
