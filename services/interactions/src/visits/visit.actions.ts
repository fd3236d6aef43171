import {
  type EventData,
  type EventType,
  visitCancelled,
  visitCompleted,
  visitConfirmed,
  visitPlanned,
  visitRescheduled,
  visitStarted,
} from '@clientele/contracts'
import { Conflict, type Context, expectVersion, locked, type Transaction } from '@clientele/kit'
import { requireCustomer } from '../customer/customer.actions.js'
import { checkInput, type InputCheck } from '../input-check.js'
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

const mostObjectives = 20
const mostPurpose = 500
const mostReason = 500
const mostText = 100_000

/** Plans a visit. Throws NOT_FOUND `customer.unknown`, CONFLICT `customer.archived`. */
export const planVisit = (ctx: Context, input: PlanVisitInput) =>
  ctx.transaction(
    async (tx) => {
      const fields = checkedPlan(input)
      const customer = await requireCustomer(tx, input.customerId, visitPolicy.write)
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

/** Moves a visit to another time, for which the customer has to be asked again. The time that it has already changes nothing. */
export const rescheduleVisit = (ctx: Context, input: RescheduleVisitInput) =>
  changeVisit(ctx, input, visitRescheduled, (visit, tx) => {
    const { plannedStart } = input
    const plannedEnd = input.plannedEnd ?? new Date(+plannedStart + (+visit.plannedEnd - +visit.plannedStart))
    const check = checkInput()
    checkTime(check, { plannedStart, plannedEnd })
    const reason = check.text('reason', input.reason, mostReason)
    check.done()
    const before = { plannedStart: visit.plannedStart.toISOString(), plannedEnd: visit.plannedEnd.toISOString() }
    const isSame = before.plannedStart === plannedStart.toISOString() && before.plannedEnd === plannedEnd.toISOString()
    if (isSame && visitWorkflow.can(visit.status, 'RESCHEDULED')) return unchanged
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
    const check = checkInput()
    const report = {
      summary: check.text('report.summary', input.report.summary, mostText),
      customerFeedback: check.optionalText('report.customerFeedback', input.report.customerFeedback, mostText),
      sentiment: input.report.sentiment ?? null,
      outcome: check.optionalCode('report.outcome', input.report.outcome),
    }
    check.done()
    visitWorkflow.move(visit, 'COMPLETED')
    visit.actualEnd = tx.now()
    visit.report = report
    return report.outcome ? { outcome: report.outcome } : {}
  })

/** Calls a visit off. */
export const cancelVisit = (ctx: Context, input: CancelVisitInput) =>
  changeVisit(ctx, input, visitCancelled, (visit, tx) => {
    const check = checkInput()
    const reason = check.text('reason', input.reason, mostReason)
    const reasonCode = check.optionalCode('reasonCode', input.reasonCode)
    check.done()
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
  const check = checkInput()
  const objectives = input.objectives ?? []
  check.must(objectives.length <= mostObjectives, 'objectives', 'list.too_long', `at most ${mostObjectives} objectives`)
  checkTime(check, input)
  const fields = {
    purpose: check.line('purpose', input.purpose, mostPurpose),
    objectives: objectives.map((objective, at) => check.line(`objectives.${at}`, objective, mostPurpose)),
    assigneeId: check.optionalStaff('assigneeId', input.assigneeId),
  }
  check.done()
  return fields
}

const checkTime = (check: InputCheck, { plannedStart, plannedEnd }: { plannedStart: Date; plannedEnd: Date }) => {
  check.must(plannedEnd > plannedStart, 'plannedEnd', 'visit.end_before_start', 'a time after plannedStart')
  check.must(plannedEnd.getUTCFullYear() < 10_000, 'plannedEnd', 'time.out_of_range', 'a time before the year 10000')
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
