import type { Predicate } from '@clientele/conditions'
import { arrayParameter, inTurn, type Transaction } from '@clientele/kit'
import { factsWithScore, isKnown } from '../rules/customer-vocabulary.js'
import { compileRules, type SegmentRule } from '../rules/rule.js'
import { changesPerTransaction, type MembershipChange, publishChanges } from './membership.actions.js'
import { noteNextMoment } from './moment-clock.js'

/** A dynamic segment as far as evaluation needs it. */
export interface RuledSegment {
  id: string
  key: string
  rule: SegmentRule
}

/**
 * Keeps evaluations of whole segments apart from those of single customers in the same tenant: take it before any
 * row lock on a segment. The lock goes with the transaction.
 */
export const lockEvaluation = (tx: Transaction) => inTurn(tx, 'segments')

const lockAgainstWholeSegments = (tx: Transaction) =>
  tx.em.execute(`select pg_advisory_xact_lock_shared(hashtextextended('segments ' || current_tenant(), 0))`)

/**
 * Moves customers in and out of all active dynamic segments by their facts of now, in one statement unless the rules have
 * more values than one takes. The caller holds the lock on the facts of these customers.
 */
export const evaluateCustomers = async (tx: Transaction, customers: readonly string[]): Promise<void> => {
  if (!customers.length) return
  await lockAgainstWholeSegments(tx)
  const segments = await activeSegments(tx)
  if (!segments.length) return
  const ids = arrayParameter(customers)
  const now = tx.now()
  await evaluate(tx, now, segments, { ids })
  await noteNextMoment(
    tx,
    now,
    segments.map(({ rule }) => rule),
    ids,
  )
}

export const activeSegments = (tx: Transaction) =>
  tx.em.execute<RuledSegment[]>(
    `select id, key, rule from segment where kind = 'DYNAMIC' and status = 'ACTIVE' order by id`,
  )

/** Moves customers in and out of one segment, as many as one transaction may. Answers whether all are done. The caller holds `lockEvaluation`. */
export const evaluateSegment = async (tx: Transaction, segment: RuledSegment): Promise<boolean> => {
  const now = tx.now()
  const changes = await evaluate(tx, now, [segment])
  await noteNextMoment(tx, now, [segment.rule])
  const entered = changes.filter((change) => change.entered).length
  return Math.max(entered, changes.length - entered) < changesPerTransaction
}

/** Of whom members are looked at: the customers of an array literal, or those that a statement finds, as many as one transaction may; else all. */
type Among = { ids?: string; due?: Predicate }

/** Moves customers in and out of these segments by their facts at this time, and answers with what has changed. */
export const evaluate = async (
  tx: Transaction,
  at: Date,
  segments: readonly RuledSegment[],
  among: Among = {},
): Promise<MembershipChange[]> => {
  const changes: MembershipChange[] = []
  const rules = segments.map(({ rule }) => rule)
  const predicates = await compileRules(tx, rules, at)
  const ruled = segments.map((segment, nth) => ({ segment, predicate: predicates[nth] as Predicate }))
  for (const some of batchesOf(ruled)) changes.push(...(await evaluateTogether(tx, at, some, among)))
  publishChanges(tx, changes, new Map(segments.map(({ id, key }) => [id, key])), 'RULE')
  return changes
}

interface Ruled {
  segment: RuledSegment
  predicate: Predicate
}

/** PostgreSQL takes 65,535 values in a statement; half of them leave room for all others. */
const valuesPerStatement = 32_000

/** As many as one statement can take at a time. */
const batchesOf = (ruled: readonly Ruled[]): Ruled[][] => {
  const batches: Ruled[][] = []
  let values = Number.POSITIVE_INFINITY
  for (const one of ruled) {
    const more = one.predicate.params.length + 1
    if (values + more > valuesPerStatement) {
      batches.push([])
      values = 0
    }
    batches.at(-1)?.push(one)
    values += more
  }
  return batches
}

// The full join can only be hashed or merged: without it, estimates of a new rule lead to nested loops over all its customers.
const evaluateTogether = (tx: Transaction, at: Date, ruled: readonly Ruled[], { ids, due }: Among) => {
  const now = at.toISOString()
  const limit = ids ? null : changesPerTransaction
  const only = (column: string) =>
    ids ? `and ${column} = any(?::uuid[])` : due ? `and ${column} in (select id from due)` : ''
  const stamp = [now, tx.actor.subject]
  return tx.em.execute<MembershipChange[]>(
    `with ${due ? `due as materialized (${due.sql}), ` : ''}wanted as materialized (
       select w.segment_id, f.id as customer_id
       from ${factsWithScore}
       cross join lateral (values ${ruled.map(({ predicate }) => `(?::uuid, (${predicate.sql}))`).join(', ')}) w (segment_id, holds)
       where ${isKnown} and w.holds ${only('f.id')}
     ), present as (
       select id, segment_id, customer_id from segment_membership
       where exited_at is null and segment_id = any(?::uuid[]) ${only('customer_id')}
     ), difference as materialized (
       select segment_id, customer_id, p.id as membership_id, w.segment_id is null as leaves
       from wanted w full join present p using (segment_id, customer_id)
       where w.segment_id is null or p.id is null
     ), entering as (
       select segment_id, customer_id from difference where not leaves limit ?
     ), leaving as (
       select membership_id as id from difference where leaves limit ?
     ), entered as (
       insert into segment_membership
         (id, created_at, created_by, updated_at, updated_by, segment_id, customer_id, entered_at, reason)
       select new_id(), ?, ?, ?, ?, segment_id, customer_id, ?, 'RULE' from entering
       on conflict (tenant, segment_id, customer_id) where exited_at is null do nothing
       returning id, version, segment_id, customer_id
     ), exited as (
       update segment_membership m
       set exited_at = ?, version = m.version + 1, updated_at = ?, updated_by = ?
       from leaving l where m.id = l.id
       returning m.id, m.version, m.segment_id, m.customer_id
     )
     select *, true as entered from entered union all select *, false from exited`,
    [
      ...(due?.params ?? []),
      ...ruled.flatMap(({ segment, predicate }) => [segment.id, ...predicate.params]),
      ...(ids ? [ids] : []),
      arrayParameter(ruled.map(({ segment }) => segment.id)),
      ...(ids ? [ids] : []),
      ...[limit, limit],
      ...[...stamp, ...stamp, now],
      ...[now, ...stamp],
    ],
  )
}
