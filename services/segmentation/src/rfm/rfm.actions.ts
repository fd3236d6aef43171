import { rfmChanged } from '@clientele/contracts'
import {
  arrayParameter,
  type Context,
  type EntityRecord,
  isolateFailures,
  roundToMinor,
  type Transaction,
} from '@clientele/kit'
import { lockFacts } from '../facts/facts.actions.js'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { recencyDays } from './recency.js'
import { rfmPolicy } from './rfm.policy.js'
import { RfmRun } from './rfm-run.entity.js'

const buyersPerTransaction = 2_000

/**
 * Begins a computation: the bounds of the quintiles of recency, frequency and (per currency) amount, over all customers
 * who purchased. A bound is the greatest value of its fifth; a score counts the bounds that a value exceeds, plus one.
 */
export const startRfm = (ctx: Context, idempotencyKey?: string | null) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(rfmPolicy.compute)
      const now = tx.now().toISOString()
      const id = await ensureRun(tx, 0)
      await tx.em.execute(
        `update rfm_run run set status = 'COMPUTING', computed_at = ?, new_buyers = 0, skipped = 0, written_to = null,
           version = run.version + 1, updated_at = ?, updated_by = ?,
           customers = b.customers, recency = coalesce(b.recency, '{}'), frequency = coalesce(b.frequency, '{}')
         from (
           select count(*) as customers,
             percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by ${recencyAt('?::timestamptz')}) as recency,
             percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by f.purchase_count::numeric) as frequency
           from customer_facts f where f.purchase_count > 0
         ) b`,
        [now, now, tx.actor.subject, now],
      )
      await tx.em.execute('delete from rfm_monetary')
      await tx.em.execute(
        `insert into rfm_monetary (currency, bounds)
         select purchase_currency, percentile_disc(array[0.2, 0.4, 0.6, 0.8]) within group (order by purchase_total)
         from customer_facts where purchase_count > 0 group by purchase_currency`,
      )
      return tx.em.findOneOrFail(RfmRun, { id })
    },
    { key: idempotencyKey, operation: 'recomputeRfm', input: {} },
  )

/**
 * Goes through the next customers and writes the scores that the computation changes. Whose score cannot be computed is logged, counted in
 * the run, and stops nobody else. Answers whether all are written.
 */
export const writeScores = async (ctx: Context): Promise<boolean> => {
  const next = await nextToScore(ctx)
  if (!next) return true
  const failed = await isolateFailures(next.changed, (ids) =>
    ctx.transaction(async (tx) => {
      await lockFacts(tx, ids)
      await keepScores(tx, ids)
      await evaluateCustomers(tx, ids)
    }),
  )
  for (const [customer, err] of failed) ctx.log.error({ customer, err }, 'the RFM score of a customer was not computed')
  // Another computation may have begun meanwhile; this progress is none of its.
  await ctx.transaction((tx) =>
    tx.em.execute(
      'update rfm_run set status = ?, written_to = ?, skipped = skipped + ? where computed_at = ?::timestamptz',
      [...(next.isLast ? ['READY', null] : ['COMPUTING', next.to]), failed.size, next.at],
    ),
  )
  return next.isLast
}

/** The next customers of a computation that is under way, and whose scores it changes. */
const nextToScore = (ctx: Context) =>
  ctx.transaction(async (tx) => {
    tx.allow(rfmPolicy.compute)
    const [run] = await tx.em.execute<{ at: string; from: string }[]>(
      `select computed_at::text as at, coalesce(written_to, '00000000-0000-0000-0000-000000000000') as "from"
       from rfm_run where status = 'COMPUTING'`,
    )
    if (!run) return undefined
    const rows = await tx.em.execute<{ id: string; changed: boolean }[]>(
      `with next as materialized (
         select * from customer_facts where id > ? and purchase_count > 0 order by id limit ?
       )
       select n.id, n.m is not null and (s.r, s.f, s.m) is distinct from (n.r, n.f, n.m) as changed
       from (${newScores('next')}) n left join rfm_score s on s.id = n.id order by n.id`,
      [run.from, buyersPerTransaction],
    )
    const changed = rows.filter((row) => row.changed).map(({ id }) => id)
    return { at: run.at, changed, to: rows.at(-1)?.id, isLast: rows.length < buyersPerTransaction }
  })

/** Scores those of the customers who have purchases and no score, by the bounds of the last computation, and counts them. The caller holds their facts' lock. */
export const scoreNewBuyers = async (tx: Transaction, customers: readonly string[]): Promise<void> => {
  const rows = await tx.em.execute<{ id: string }[]>(
    `select f.id from customer_facts f where f.id = any(?::uuid[]) and f.purchase_count > 0
       and not exists (select from rfm_score s where s.id = f.id)`,
    [arrayParameter(customers)],
  )
  if (!rows.length) return
  await ensureRun(tx, rows.length)
  await keepScores(
    tx,
    rows.map(({ id }) => id),
  )
}

/** Days without a purchase, negated, so that of all three values the greater is the better. */
const recencyAt = (moment: string) => `(-${recencyDays(moment, 'f')})`

/** The scores by the bounds of the last computation; `m` is null where there are none for the currency yet. */
const newScores = (facts: string) => `
  select f.id,
    quintile(${recencyAt('run.computed_at')}, run.recency) as r,
    quintile(f.purchase_count, run.frequency) as f, quintile(f.purchase_total, b.bounds) as m
  from ${facts} f cross join rfm_run run left join rfm_monetary b on b.currency = f.purchase_currency
  where f.purchase_count > 0 and run.status <> 'NEVER'`

type Score = {
  id: string
  version: number
  r: number
  f: number
  m: number
  recency_days: number
  frequency: number
  amount: string
  currency: string
}

const keepScores = async (tx: Transaction, customers: readonly string[]) => {
  if (!customers.length) return
  const changed = await tx.em.execute<Score[]>(
    `with changed as (
       insert into rfm_score as s (id, r, f, m)
       select id, r, f, m from (${newScores('customer_facts')}) n where id = any(?::uuid[]) and m is not null order by id
       on conflict (tenant, id) do update set r = excluded.r, f = excluded.f, m = excluded.m, version = s.version + 1
       where (s.r, s.f, s.m) is distinct from (excluded.r, excluded.f, excluded.m)
       returning id, version, r, f, m
     )
     select c.id, c.version, c.r, c.f, c.m, f.purchase_count as frequency, f.purchase_total::text as amount,
       f.purchase_currency as currency,
       ${recencyDays('?::timestamptz', 'f')} as recency_days
     from changed c join customer_facts f on f.id = c.id`,
    [arrayParameter(customers), tx.now().toISOString()],
  )
  for (const score of changed) {
    const { id: customerId, r, f, m, recency_days: recencyDays, frequency, amount, currency } = score
    tx.emit(rfmChanged, score as unknown as EntityRecord, {
      ...{ customerId, r, f, m, recencyDays, frequency },
      monetary: { amount: roundToMinor(amount, currency), currency },
    })
  }
}

/** The tenant's row of computations, made with its first purchase: by it the job knows the tenant. */
const ensureRun = async (tx: Transaction, newBuyers: number): Promise<string> => {
  const now = tx.now().toISOString()
  const { subject } = tx.actor
  const [run] = await tx.em.execute<{ id: string }[]>(
    `insert into rfm_run as run (id, created_at, created_by, updated_at, updated_by, status, new_buyers)
     values (new_id(), ?, ?, ?, ?, 'NEVER', ?)
     on conflict (tenant) do update set new_buyers = run.new_buyers + excluded.new_buyers returning id`,
    [now, subject, now, subject, newBuyers],
  )
  return run?.id as string
}
