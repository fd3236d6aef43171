import { type VisitStatus, visitAssigned } from '@clientele/contracts'
import { Conflict, type Context, expectVersion, locked, type Transaction, validationIssues } from '@clientele/kit'
import { noticeOf, notifyOthers } from '../notifications/notification.actions.js'
import { tellFormer } from '../notifications/tell-former.js'
import { checkStaff } from '../staff/check-staff.js'
import { handlersOf } from '../staff/recipients.js'
import { Visit } from './visit.entity.js'
import type { AssignVisitInput } from './visit.input.js'
import { visitPolicy } from './visit.policy.js'
import { openVisitStatuses } from './visit.workflow.js'
import { dataOf } from './visit-event.js'

const assignable: readonly VisitStatus[] = [...openVisitStatuses, 'MISSED']

/** Gives a visit that is still to be made to somebody else, or to nobody; saying the same again changes nothing. Throws CONFLICT `visit.ended`. */
export const assignVisit = (ctx: Context, input: AssignVisitInput) =>
  ctx.transaction(async (tx) => {
    const visit = await locked(tx, Visit, input.id, visitPolicy.write)
    expectVersion(visit, input.expectedVersion)
    if (!assignable.includes(visit.status)) {
      throw new Conflict(`A visit that is ${visit.status} is over.`, { reason: 'visit.ended' })
    }
    const issues = validationIssues()
    const assigneeId = await checkStaff(tx, issues, 'assigneeId', input.assigneeId)
    issues.refuse()
    const former = visit.assigneeId
    if (!giveVisit(tx, visit, assigneeId)) return visit
    await tellOfVisit(tx, visit)
    await tellFormer(tx, former, noticeOf('VISIT_REASSIGNED', 'visit', visit))
    return visit
  })

/** Gives a visit to somebody, with the event; whether that changes anything. */
export const giveVisit = (tx: Transaction, visit: Visit, assigneeId: string | null): boolean => {
  if (visit.assigneeId === assigneeId) return false
  visit.assigneeId = assigneeId
  tx.emit(visitAssigned, visit, dataOf(visit))
  return true
}

/** Tells whoever makes a visit, or stands in for them, unless they arranged it themselves. */
export const tellOfVisit = async (tx: Transaction, visit: Visit) => {
  if (visit.assigneeId == null) return
  const handlers = await handlersOf(tx, [visit.assigneeId], tx.now())
  notifyOthers(tx, [...handlers.values()], noticeOf('VISIT_ASSIGNED', 'visit', visit))
}
