import {
  type EventData,
  type EventType,
  limits,
  visitCancelled,
  visitCompleted,
  visitConfirmed,
  visitPlanned,
  visitRescheduled,
  visitStarted,
} from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkList,
  checkRequiredText,
  checkText,
  expectVersion,
  locked,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { Visit } from './visit.entity.js'
import type {
  CancelVisitInput,
  ChangeVisitInput,
  CompleteVisitInput,
  PlanVisitInput,
  RescheduleVisitInput,
} from './visit.input.js'
import { visitPolicy } from './visit.policy.js'
import { visitWorkflow } from './visit.workflow.js'

/** Plans a visit. Throws NOT_FOUND `customer.unknown`, CONFLICT `customer.archived`. */
export const planVisit = (ctx: Context, input: PlanVisitInput) =>
  ctx.transaction(
    async (tx) => {
      const fields = checkedPlan(input)
      const customer = await customers.require(tx, input.customerId, visitPolicy.write, { archived: 'accepted' })
      if (customer.status === 'ARCHIVED') {
        throw new Conflict('An archived customer is not visited.', { reason: 'customer.archived' })
      }
      const visit = tx.em.create(Visit, {
        ...fields,
        customerId: customer.id,
        mode: input.mode,
        status: 'PLANNED',
        plannedStart: input.plannedStart,
        plannedEnd: input.plannedEnd,
        reschedules: [],
      } as never)
      tx.emit(visitPlanned, visit, dataOf(visit))
      return visit
    },
    { key: input.idempotencyKey, operation: 'planVisit', input },
  )

/** Moves a visit to another time, for which the customer has to be asked again. The time that it has already changes nothing. Throws CONFLICT `visit.too_many_reschedules`. */
export const rescheduleVisit = (ctx: Context, input: RescheduleVisitInput) =>
  changeVisit(ctx, input, visitRescheduled, (visit, tx) => {
    const { plannedStart } = input
    const plannedEnd = input.plannedEnd ?? new Date(+plannedStart + (+visit.plannedEnd - +visit.plannedStart))
    const issues = validationIssues()
    checkTime(issues, { plannedStart, plannedEnd })
    const reason = checkRequiredText(issues, 'reason', input.reason, limits.visitReason)
    issues.refuse()
    const before = { plannedStart: visit.plannedStart.toISOString(), plannedEnd: visit.plannedEnd.toISOString() }
    const isSame = before.plannedStart === plannedStart.toISOString() && before.plannedEnd === plannedEnd.toISOString()
    if (isSame && visitWorkflow.can(visit.status, 'RESCHEDULED')) return unchanged
    const { most } = limits.visitReschedules
    if (visit.reschedules.length >= most) {
      const message = `A visit is moved at most ${most} times: cancel it and plan another.`
      throw new Conflict(message, { reason: 'visit.too_many_reschedules' })
    }
    visitWorkflow.move(visit, 'RESCHEDULED')
    visitWorkflow.move(visit, 'PLANNED')
    const moved = { at: tx.now().toISOString(), by: tx.actor.subject, ...before, reason }
    visit.reschedules = [...visit.reschedules, moved]
    visit.plannedStart = plannedStart
    visit.plannedEnd = plannedEnd
    visit.confirmedAt = null
    return {}
  })

/** Notes that the customer agreed to the time. */
export const confirmVisit = (ctx: Context, input: ChangeVisitInput) =>
  changeVisit(ctx, input, visitConfirmed, (visit, tx) => {
    visitWorkflow.move(visit, 'CONFIRMED')
    visit.confirmedAt = tx.now()
    return {}
  })

/** Begins a visit, now. */
export const startVisit = (ctx: Context, input: ChangeVisitInput) =>
  changeVisit(ctx, input, visitStarted, (visit, tx) => {
    visitWorkflow.move(visit, 'IN_PROGRESS')
    visit.actualStart = tx.now()
    return {}
  })

/** Ends a visit with its report, now. */
export const completeVisit = (ctx: Context, input: CompleteVisitInput) =>
  changeVisit(ctx, input, visitCompleted, (visit, tx) => {
    const issues = validationIssues()
    const report = {
      summary: checkRequiredText(issues, 'report.summary', input.report.summary, limits.visitNote),
      customerFeedback:
        checkText(issues, 'report.customerFeedback', input.report.customerFeedback, limits.visitNote) ?? null,
      sentiment: input.report.sentiment ?? null,
      outcome: checkText(issues, 'report.outcome', input.report.outcome, limits.code) ?? null,
    }
    issues.refuse()
    visitWorkflow.move(visit, 'COMPLETED')
    visit.actualEnd = tx.now()
    visit.report = report
    return report.outcome ? { outcome: report.outcome } : {}
  })

/** Calls a visit off. */
export const cancelVisit = (ctx: Context, input: CancelVisitInput) =>
  changeVisit(ctx, input, visitCancelled, (visit, tx) => {
    const issues = validationIssues()
    const reason = checkRequiredText(issues, 'reason', input.reason, limits.visitReason)
    const reasonCode = checkText(issues, 'reasonCode', input.reasonCode, limits.code) ?? null
    issues.refuse()
    visitWorkflow.move(visit, 'CANCELLED')
    visit.cancellation = { at: tx.now().toISOString(), by: tx.actor.subject, reason, reasonCode }
    return reasonCode ? { reasonCode } : {}
  })

const unchanged = Symbol('unchanged')

/** Loads a visit for change, changes it and publishes it, with what `change` returns beside the data that all events of visits have. */
const changeVisit = <Data extends VisitData & EventData>(
  ctx: Context,
  input: ChangeVisitInput,
  event: EventType<Data>,
  change: (visit: Visit, tx: Transaction) => Omit<Data, keyof VisitData | keyof EventData> | typeof unchanged,
) =>
  ctx.transaction(async (tx) => {
    const visit = await locked(tx, Visit, input.id, visitPolicy.write)
    expectVersion(visit, input.expectedVersion)
    const more = change(visit, tx)
    if (more !== unchanged) tx.emit(event, visit, { ...dataOf(visit), ...more } as Omit<Data, 'id' | 'version'>)
    return visit
  })

const checkedPlan = (input: PlanVisitInput) => {
  const issues = validationIssues()
  const objectives = checkList(issues, 'objectives', input.objectives, limits.visitObjectives) ?? []
  checkTime(issues, input)
  const fields = {
    purpose: checkRequiredText(issues, 'purpose', input.purpose, limits.visitPurpose),
    objectives: objectives.map((objective, at) =>
      checkRequiredText(issues, `objectives.${at}`, objective, limits.visitPurpose),
    ),
    assigneeId: checkText(issues, 'assigneeId', input.assigneeId, limits.subject) ?? null,
  }
  issues.refuse()
  return fields
}

const checkTime = (
  issues: ValidationIssues,
  { plannedStart, plannedEnd }: { plannedStart: Date; plannedEnd: Date },
) => {
  issues.must(plannedEnd > plannedStart, 'plannedEnd', 'visit.end_before_start', 'a time after plannedStart')
  issues.must(plannedEnd.getUTCFullYear() < 10_000, 'plannedEnd', 'time.out_of_range', 'a time before the year 10000')
}

const dataOf = (visit: Visit) => ({
  customerId: visit.customerId,
  status: visit.status,
  mode: visit.mode,
  plannedStart: visit.plannedStart.toISOString(),
  plannedEnd: visit.plannedEnd.toISOString(),
  assigneeId: visit.assigneeId,
})

type VisitData = ReturnType<typeof dataOf>
