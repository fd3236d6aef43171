import { limits, workReassignmentStarted } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkList,
  checkRequiredText,
  setTimers,
  type Transaction,
  Unavailable,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { subjectOf } from '../staff/check-staff.js'
import { staff } from '../staff/staff.actions.js'
import { checkAssignee } from '../tasks/task-assignee.js'
import { type ReassignableWork, WorkReassignment } from './work-reassignment.entity.js'
import type { ReassignWorkInput } from './work-reassignment.input.js'
import { workReassignmentPolicy } from './work-reassignment.policy.js'
import { dataOf, end } from './work-reassignment-end.js'
import { allOf, giveOn } from './work-step.js'
import { continuation } from './work-timer.js'

/** How much of somebody's work the actor may give to others. Throws INVALID, FORBIDDEN. */
export const reassignableWork = async (ctx: Context, fromId: string): Promise<ReassignableWork> => {
  const issues = validationIssues('')
  const subject = await checkFrom(ctx, issues, fromId)
  issues.refuse()
  return allOf(ctx, subject)
}

/**
 * Gives what somebody has to do to somebody else, or to a team, as far as the actor may change it: a hundred of it at once, the rest in the
 * background. Throws INVALID with all faults, FORBIDDEN, CONFLICT `work_reassignment.running` while there is another one of the same person.
 */
export const reassignWork = (ctx: Context, input: ReassignWorkInput): Promise<WorkReassignment> =>
  ctx.transaction(
    async (tx) => {
      tx.allow(workReassignmentPolicy.start)
      const issues = validationIssues()
      const fromId = await checkFrom(tx, issues, input.fromId)
      const kinds = [...new Set(checkList(issues, 'kinds', input.kinds, limits.workKinds))]
      const to = await checkAssignee(tx, issues, input)
      issues.must(to.assigneeId !== fromId, 'assigneeId', 'work_reassignment.same_person', 'another member of staff')
      const isFit = to.teamKey === null || !kinds.includes('VISITS')
      issues.must(isFit, 'kinds', 'work_reassignment.visits_to_team', 'TASKS and COMPLAINTS, where a team gets them')
      issues.refuse()
      await refuseSecond(tx, fromId)
      const { subject, roles, territories } = tx.actor
      const { given, isAll } = await giveOn(tx, { fromId, kinds, ...to })
      await refuseNobody(tx, issues, fromId, given)
      const started = tx.em.create(WorkReassignment, {
        ...{ status: 'RUNNING', fromId, ...to, kinds, acting: { subject, roles, territories }, endedAt: null },
        ...given,
      })
      if (isAll) await end(tx, started, 'DONE')
      else {
        tx.emit(workReassignmentStarted, started, dataOf(started))
        await setTimers(tx, continuation, [{ entityId: started.id, at: tx.now() }])
      }
      return started
    },
    { key: input.idempotencyKey, operation: 'reassignWork', input },
  )

/** Whose work it is, by their subject; whoever is nobody may have some still. */
const checkFrom = async (ctx: Pick<Context, 'em'>, issues: ValidationIssues, given: string): Promise<string> =>
  subjectOf(ctx, checkRequiredText(issues, 'fromId', given, limits.subject))

/**
 * A name that is misspelt is not somebody who has nothing to do. Who works here no longer, or never did, may have work still. Where profiles cannot
 * be asked, a name that is not known here is taken for somebody's.
 */
const refuseNobody = async (
  tx: Transaction,
  issues: ValidationIssues,
  fromId: string,
  { tasks, visits, complaints }: ReassignableWork,
) => {
  if (tasks + visits + complaints > 0 || (await isSomebody(tx, fromId))) return
  issues.add('fromId', 'staff.unknown', 'the subject of a member of staff, as `staff` lists them')
  issues.refuse()
}

const isSomebody = async (tx: Transaction, subject: string): Promise<boolean> => {
  try {
    return (await staff.find(tx, [subject])).has(subject)
  } catch (error) {
    if (error instanceof Unavailable) return true
    throw error
  }
}

/** Of two that begin at once the second waits here, and then finds the first. */
const refuseSecond = async (tx: Transaction, fromId: string) => {
  await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`reassign ${tx.actor.tenant} ${fromId}`])
  if (!(await tx.em.count(WorkReassignment, { fromId, status: 'RUNNING' }, { filters: false }))) return
  throw new Conflict('Their work is being given to somebody else already.', { reason: 'work_reassignment.running' })
}
