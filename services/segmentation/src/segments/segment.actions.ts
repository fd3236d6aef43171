import { isDeepStrictEqual } from 'node:util'
import { comparisonsOf } from '@clientele/conditions'
import { limits, segmentArchived, segmentCreated, segmentUpdated } from '@clientele/contracts'
import { Conflict, type Context, expectVersion, locked, type Transaction } from '@clientele/kit'
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import {
  activeSegments,
  evaluateSegment,
  lockEvaluation,
  type RuledSegment,
} from '../memberships/evaluation.actions.js'
import { changesPerTransaction, exit } from '../memberships/membership.actions.js'
import type { SegmentRule } from '../rules/rule.js'
import { checkSegment } from './check-segment.js'
import { Segment } from './segment.entity.js'
import { segmentPolicy } from './segment.policy.js'
import { segmentWorkflow } from './segment.workflow.js'

export interface CreateSegment {
  key: string
  name: string
  description?: string | null
  kind: Segment['kind']
  rule?: object | null
  idempotencyKey?: string | null
}

/** Defines a segment; the first members of a dynamic one enter in the same transaction, the others follow by the job. */
export const createSegment = (ctx: Context, input: CreateSegment) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(segmentPolicy.write)
      const { key, name, description, kind, rule } = await checkSegment(tx, input)
      await lockEvaluation(tx)
      await refuseTooMany(tx)
      if (rule) await refuseTooManyConditions(tx, rule)
      const isDynamic = kind === 'DYNAMIC'
      const segment = tx.em.create(Segment, {
        ...{ key, name, description, kind, rule, ruleVersion: isDynamic ? 1 : 0 },
        ...{ status: 'ACTIVE', evaluation: isDynamic ? 'EVALUATING' : 'READY', evaluatedAt: null },
      })
      tx.emit(segmentCreated, segment, dataOf(segment))
      await flushUnique(tx, key)
      await applyDefinition(tx, segment)
      return segment
    },
    { key: input.idempotencyKey, operation: 'createSegment', input },
  )

/** Counted while the evaluation of the tenant is locked. */
const refuseTooMany = async (tx: Transaction) => {
  const { most } = limits.activeSegments
  if ((await tx.em.count(Segment, { status: 'ACTIVE' }, { filters: false })) < most) return
  throw new Conflict(`There are at most ${most} segments in use; archive one first.`, {
    reason: 'segment.too_many',
    params: { most },
  })
}

/** A tenant's rules share the time of its evaluations, and that of others on the same machine. */
const refuseTooManyConditions = async (tx: Transaction, rule: SegmentRule, former?: Segment) => {
  const { most } = limits.activeConditions
  if (former?.rule && comparisonsOf(rule).length <= comparisonsOf(former.rule).length) return
  const others = (await activeSegments(tx)).filter((segment) => segment.id !== former?.id)
  const conditions = [rule, ...others.map((segment) => segment.rule)].flatMap((one) => comparisonsOf(one)).length
  if (conditions <= most) return
  throw new Conflict(
    `The rules of all segments in use have at most ${most} conditions, and would have ${conditions}. Simplify the rule, or archive a segment.`,
    {
      reason: 'segment.too_many_conditions',
      params: { most },
      fields: [
        {
          path: 'input.rule',
          reason: 'segment.too_many_conditions',
          message: 'a rule of fewer conditions',
          params: { most },
        },
      ],
    },
  )
}

export interface UpdateSegment {
  id: string
  name?: string | null
  description?: string | null
  rule?: object | null
  expectedVersion?: number | null
}

/** Changes what is given; `description: null` clears it. A new rule is applied as at creation. */
export const updateSegment = (ctx: Context, input: UpdateSegment) =>
  ctx.transaction(async (tx) => {
    tx.allow(segmentPolicy.write)
    await lockEvaluation(tx)
    const segment = await lockedForChange(tx, input)
    const next = await checkSegment(tx, { ...pick(segment), ...given(input) }, segment.rule)
    const changedFields = (['name', 'description', 'rule'] as const).filter(
      (field) => !isDeepStrictEqual(next[field] ?? null, segment[field] ?? null),
    )
    if (!changedFields.length) return segment
    Object.assign(segment, { name: next.name, description: next.description })
    if (changedFields.includes('rule')) {
      if (next.rule) await refuseTooManyConditions(tx, next.rule, segment)
      Object.assign(segment, { rule: next.rule, ruleVersion: segment.ruleVersion + 1, evaluation: 'EVALUATING' })
    }
    tx.emit(segmentUpdated, segment, { ...dataOf(segment), changedFields })
    await tx.em.flush()
    if (changedFields.includes('rule')) await applyDefinition(tx, segment)
    return segment
  })

export interface SegmentChange {
  id: string
  expectedVersion?: number | null
}

/** Takes a segment out of use; its members leave, the first of them in the same transaction. */
export const archiveSegment = (ctx: Context, input: SegmentChange) =>
  ctx.transaction(async (tx) => {
    tx.allow(segmentPolicy.write)
    await lockEvaluation(tx)
    const segment = await locked(tx, Segment, input.id, segmentPolicy.write)
    expectVersion(segment, input.expectedVersion)
    segmentWorkflow.move(segment, 'ARCHIVED')
    await refuseAwaited(tx, segment)
    segment.evaluation = 'EVALUATING'
    tx.emit(segmentArchived, segment, dataOf(segment))
    await tx.em.flush()
    await applyDefinition(tx, segment)
    return segment
  })

/** Throws CONFLICT `segment.awaited` where automations that run wait for somebody to enter or leave a segment: they would wait for nothing. */
const refuseAwaited = async (tx: Transaction, { id }: Segment) => {
  const [first] = await tx.em.execute<{ name: string }[]>(
    `select name from automation where status = 'ACTIVE' and trigger ->> 'segmentId' = ? order by name limit 1`,
    [id],
  )
  if (!first) return
  throw new Conflict(`The automation “${first.name}” waits for this segment; stop it first.`, {
    reason: 'segment.awaited',
    params: { name: first.name },
  })
}

/**
 * Brings the members in line with the definition, as far as one transaction may; until all are, the segment is EVALUATING
 * and the job goes on. The evaluation is no change of the segment: its version stays. The caller holds `lockEvaluation`.
 */
export const applyDefinition = async (tx: Transaction, segment: Segment): Promise<void> => {
  if (segment.status === 'ACTIVE' && segment.kind === 'STATIC') return
  const isDone =
    segment.status === 'ACTIVE'
      ? await evaluateSegment(tx, segment as RuledSegment)
      : (await exit(tx, segment, 'all', 'MANUAL')) < changesPerTransaction
  await tx.em.execute(
    `update segment set evaluation = ?, evaluated_at = case when ? then ?::timestamptz else evaluated_at end where id = ?`,
    [isDone ? 'READY' : 'EVALUATING', isDone, tx.now().toISOString(), segment.id],
  )
  await tx.em.refresh(segment)
}

const dataOf = ({ key, kind, ruleVersion }: Segment) => ({ key, kind, ruleVersion })

const pick = ({ key, name, description, kind, rule }: Segment) => ({ key, name, description, kind, rule })

const given = ({ name, description, rule }: UpdateSegment) => ({
  ...(name != null && { name }),
  ...(description !== undefined && { description }),
  ...(rule && { rule }),
})

const flushUnique = async (tx: Transaction, key: string) => {
  try {
    await tx.em.flush()
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error
    throw new Conflict(`There is a segment with the key ${key} already.`, {
      reason: 'segment.key_taken',
      fields: [{ path: 'input.key', reason: 'segment.key_taken', message: 'a key that no other segment has' }],
    })
  }
}

const lockedForChange = async (tx: Transaction, input: SegmentChange) => {
  const segment = await locked(tx, Segment, input.id, segmentPolicy.write)
  expectVersion(segment, input.expectedVersion)
  if (segment.status === 'ARCHIVED') {
    throw new Conflict('An archived segment cannot change any more.', { reason: 'segment.archived' })
  }
  return segment
}

/** A static segment in use, locked for a change of its members. Throws CONFLICT `segment.not_static`, `segment.archived`. */
export const staticSegment = async (tx: Transaction, input: SegmentChange) => {
  const segment = await lockedForChange(tx, input)
  if (segment.kind === 'DYNAMIC') {
    throw new Conflict('The members of a dynamic segment follow its rule.', { reason: 'segment.not_static' })
  }
  return segment
}
