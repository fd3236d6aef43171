import { visitCorrected, visitVoided } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  expectVersion,
  locked,
  type PlainReason,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { checkReason, correct, voided, voidingOf } from '../corrections/correct.js'
import { noticeOf } from '../notifications/notification.actions.js'
import { tellFormer } from '../notifications/tell-former.js'
import { checkPurpose, checkReport } from './check-visit.js'
import { Visit } from './visit.entity.js'
import type { CorrectVisitInput, VoidVisitInput } from './visit.input.js'
import { visitPolicy } from './visit.policy.js'
import { visitWorkflow } from './visit.workflow.js'
import { dataOf } from './visit-event.js'
import { checkOrder, timeOf } from './visit-times.js'

/**
 * Sets right what was noted of a visit; saying the same again changes nothing. Throws NOT_FOUND, FORBIDDEN, INVALID with all faults, CONFLICT
 * `version.stale`, `visit.voided`, `visit.not_begun` or `visit.not_completed` where there is nothing yet to be corrected.
 */
export const correctVisit = (ctx: Context, input: CorrectVisitInput) =>
  ctx.transaction(
    async (tx) => {
      const visit = await locked(tx, Visit, input.id, visitPolicy.write)
      expectVersion(visit, input.expectedVersion)
      if (visit.status === 'VOIDED') throw voided('visit')
      requireThere(visit, input)
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      const values = corrected(issues, visit, input, tx)
      issues.refuse()
      const changedFields = correct<Visit>(tx, 'visit', visit, values, reason)
      if (!changedFields.length) return visit
      const { outcome } = visit.report ?? {}
      tx.emit(visitCorrected, visit, { ...dataOf(visit), ...(outcome && { outcome }), changedFields })
      return visit
    },
    { key: input.idempotencyKey, operation: 'correctVisit', input },
  )

/** Declares a visit void: it is kept, and counts for nothing. One that is void already stays as it is. Throws NOT_FOUND, FORBIDDEN, INVALID, CONFLICT `version.stale`. */
export const voidVisit = (ctx: Context, input: VoidVisitInput) =>
  ctx.transaction(
    async (tx) => {
      const visit = await locked(tx, Visit, input.id, visitPolicy.void)
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      issues.refuse()
      if (visit.status === 'VOIDED') return visit
      expectVersion(visit, input.expectedVersion)
      visitWorkflow.move(visit, 'VOIDED')
      visit.voiding = voidingOf(tx, reason)
      tx.emit(visitVoided, visit, dataOf(visit))
      await tellFormer(tx, visit.assigneeId, noticeOf('VISIT_VOIDED', 'visit', visit))
      return visit
    },
    { key: input.idempotencyKey, operation: 'voidVisit', input },
  )

/** What did not take place yet is not corrected. */
const requireThere = (visit: Visit, { actualStart, actualEnd, report }: CorrectVisitInput) => {
  if (actualStart && !visit.actualStart) throw missing('visit.not_begun', 'actualStart', 'begun')
  if (actualEnd && !visit.actualEnd) throw missing('visit.not_completed', 'actualEnd', 'completed')
  if (report && !visit.report) throw missing('visit.not_completed', 'report', 'completed')
}

const missing = (reason: PlainReason, field: string, state: string) =>
  new Conflict(`This visit has not been ${state}.`, {
    reason,
    fields: [{ path: `input.${field}`, reason, message: `nothing before it is ${state}` }],
  })

const corrected = (issues: ValidationIssues, visit: Visit, input: CorrectVisitInput, tx: Transaction) => {
  const time = (field: 'actualStart' | 'actualEnd') =>
    input[field] ? timeOf(issues, field, input[field], tx.now()) : visit[field]
  const [actualStart, actualEnd] = [time('actualStart'), time('actualEnd')]
  if (actualStart && actualEnd)
    checkOrder(issues, input.actualEnd ? 'actualEnd' : 'actualStart', actualStart, actualEnd)
  const given = Object.fromEntries(Object.entries(input.report ?? {}).filter(([, value]) => value !== undefined))
  return {
    ...checkPurpose(issues, {
      purpose: input.purpose ?? visit.purpose,
      objectives: input.objectives === undefined ? visit.objectives : input.objectives,
    }),
    mode: input.mode ?? visit.mode,
    ...{ actualStart, actualEnd },
    report: visit.report && (input.report ? checkReport(issues, { ...visit.report, ...given }) : visit.report),
  }
}
