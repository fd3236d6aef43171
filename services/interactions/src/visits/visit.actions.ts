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
  checkRequiredText,
  checkText,
  checkTime,
  expectVersion,
  locked,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { noticeOf } from '../notifications/notification.actions.js'
import { tellFormer } from '../notifications/tell-former.js'
import { checkStaff, ownIfStaff } from '../staff/check-staff.js'
import { checkPurpose, checkReport } from './check-visit.js'
import { Visit } from './visit.entity.js'
import type {
  CancelVisitInput,
  ChangeVisitInput,
  CompleteVisitInput,
  ConfirmVisitInput,
  PlanVisitInput,
  RescheduleVisitInput,
  StartVisitInput,
} from './visit.input.js'
import { visitPolicy } from './visit.policy.js'
import { visitWorkflow } from './visit.workflow.js'
import { tellOfVisit } from './visit-assignment.actions.js'
import { dataOf, type VisitData } from './visit-event.js'
import { checkOrder, timeOf } from './visit-times.js'

/** Plans a visit. Throws INVALID with all faults, NOT_FOUND `customer.unknown`, CONFLICT `customer.archived`. */
export const planVisit = (ctx: Context, input: PlanVisitInput) =>
  ctx.transaction(
    async (tx) => {
      const fields = await checkedPlan(tx, input)
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
        ...{ reschedules: [], corrections: [] },
      })
      tx.emit(visitPlanned, visit, dataOf(visit))
      await tellOfVisit(tx, visit)
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
    checkTimes(issues, { plannedStart, plannedEnd })
    const reason = checkRequiredText(issues, 'reason', input.reason, limits.visitReason)
    issues.refuse()
    const before = { plannedStart: visit.plannedStart.toISOString(), plannedEnd: visit.plannedEnd.toISOString() }
    const isSame = before.plannedStart === plannedStart.toISOString() && before.plannedEnd === plannedEnd.toISOString()
    if (isSame && visitWorkflow.can(visit.status, 'RESCHEDULED')) return unchanged
    const { most } = limits.visitReschedules
    if (visit.reschedules.length >= most) {
      const message = `A visit is moved at most ${most} times: cancel it and plan another.`
      throw new Conflict(message, { reason: 'visit.too_many_reschedules', params: { most } })
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

/** Notes that the customer agreed to the time, now or earlier. */
export const confirmVisit = (ctx: Context, input: ConfirmVisitInput) =>
  changeVisit(ctx, input, visitConfirmed, (visit, tx) => {
    const issues = validationIssues()
    const confirmedAt = timeOf(issues, 'confirmedAt', input.confirmedAt, tx.now())
    issues.refuse()
    visitWorkflow.move(visit, 'CONFIRMED')
    visit.confirmedAt = confirmedAt
    return {}
  })

/** Begins a visit, now or earlier. */
export const startVisit = (ctx: Context, input: StartVisitInput) =>
  changeVisit(ctx, input, visitStarted, (visit, tx) => {
    const issues = validationIssues()
    const actualStart = timeOf(issues, 'startedAt', input.startedAt, tx.now())
    issues.refuse()
    visitWorkflow.move(visit, 'IN_PROGRESS')
    visit.actualStart = actualStart
    return {}
  })

/** Ends a visit with its report, now or earlier. One that nobody has begun needs `startedAt`, else INVALID `visit.not_started`. */
export const completeVisit = (ctx: Context, input: CompleteVisitInput) =>
  changeVisit(ctx, input, visitCompleted, async (visit, tx) => {
    const issues = validationIssues()
    const report = checkReport(issues, input.report)
    const { startedAt, endedAt } = input
    const actualStart = startedAt ? timeOf(issues, 'startedAt', startedAt, tx.now()) : visit.actualStart
    const actualEnd = timeOf(issues, 'endedAt', endedAt, tx.now())
    if (actualStart) checkOrder(issues, 'endedAt', actualStart, actualEnd)
    const isBegun = actualStart !== null || !visitWorkflow.can(visit.status, 'IN_PROGRESS')
    issues.must(isBegun, 'startedAt', 'visit.not_started', 'when the visit began: nobody has noted that yet')
    issues.refuse()
    // Written up afterwards, it begins and ends at once.
    if (startedAt && !visit.actualStart) visitWorkflow.move(visit, 'IN_PROGRESS')
    visitWorkflow.move(visit, 'COMPLETED')
    visit.actualStart = actualStart
    visit.actualEnd = actualEnd
    visit.report = report
    await tellFormer(tx, visit.assigneeId, noticeOf('VISIT_COMPLETED', 'visit', visit))
    return report.outcome ? { outcome: report.outcome } : {}
  })

/** Calls a visit off. */
export const cancelVisit = (ctx: Context, input: CancelVisitInput) =>
  changeVisit(ctx, input, visitCancelled, async (visit, tx) => {
    const issues = validationIssues()
    const reason = checkRequiredText(issues, 'reason', input.reason, limits.visitReason)
    const reasonCode = checkText(issues, 'reasonCode', input.reasonCode, limits.code) ?? null
    issues.refuse()
    visitWorkflow.move(visit, 'CANCELLED')
    visit.cancellation = { at: tx.now().toISOString(), by: tx.actor.subject, reason, reasonCode }
    await tellFormer(tx, visit.assigneeId, noticeOf('VISIT_CANCELLED', 'visit', visit))
    return reasonCode ? { reasonCode } : {}
  })

const unchanged = Symbol('unchanged')

type More<Data> = Omit<Data, keyof VisitData | keyof EventData>

/** Loads a visit for change, changes it and publishes it, with what `change` returns beside the data that all events of visits have. */
const changeVisit = <Data extends VisitData & EventData>(
  ctx: Context,
  input: ChangeVisitInput,
  event: EventType<Data>,
  change: (visit: Visit, tx: Transaction) => Promise<More<Data>> | More<Data> | typeof unchanged,
) =>
  ctx.transaction(async (tx) => {
    const visit = await locked(tx, Visit, input.id, visitPolicy.write)
    expectVersion(visit, input.expectedVersion)
    const more = await change(visit, tx)
    if (more !== unchanged) tx.emit(event, visit, { ...dataOf(visit), ...more } as Omit<Data, 'id' | 'version'>)
    return visit
  })

const checkedPlan = async (tx: Transaction, input: PlanVisitInput) => {
  const issues = validationIssues()
  checkTimes(issues, input)
  const fields = {
    ...checkPurpose(issues, input),
    assigneeId:
      input.assigneeId === undefined
        ? await ownIfStaff(tx)
        : await checkStaff(tx, issues, 'assigneeId', input.assigneeId),
  }
  issues.refuse()
  return fields
}

const checkTimes = (
  issues: ValidationIssues,
  { plannedStart, plannedEnd }: { plannedStart: Date; plannedEnd: Date },
) => {
  checkTime(issues, 'plannedStart', plannedStart, limits.eventTime)
  issues.must(plannedEnd > plannedStart, 'plannedEnd', 'visit.end_before_start', 'a time after plannedStart')
  issues.must(plannedEnd.getUTCFullYear() < 10_000, 'plannedEnd', 'time.out_of_range', 'a time before the year 10000', {
    most: '10000-01-01',
  })
}
