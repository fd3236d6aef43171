import { workReassignmentFinished } from '@clientele/contracts'
import { ownSubject, type Transaction } from '@clientele/kit'
import { notify } from '../notifications/notification.actions.js'
import { tellFormer } from '../notifications/tell-former.js'
import { handlersOf, membersOf } from '../staff/recipients.js'
import type { WorkReassignment } from './work-reassignment.entity.js'

/** What every event of a reassignment says. */
export const dataOf = (one: WorkReassignment) => ({
  ...{ status: one.status, fromId: one.fromId, kinds: one.kinds },
  ...{ assigneeId: one.assigneeId ?? null, teamKey: one.teamKey ?? null },
  ...{ tasks: one.tasks, visits: one.visits, complaints: one.complaints },
})

/** Ends a reassignment with its event; whoever got the work, or stands in for them, is told once how much it is, and so is whose it was. */
export const end = async (tx: Transaction, one: WorkReassignment, status: 'DONE' | 'STOPPED') => {
  one.status = status
  one.endedAt = tx.now()
  tx.emit(workReassignmentFinished, one, dataOf(one))
  const given = one.tasks + one.visits + one.complaints
  if (!given) return
  const receivers = (await receiversOf(tx, one)).filter(({ subject }) => subject !== ownSubject(tx.actor))
  const subject = { type: 'work_reassignment', id: one.id }
  const notice = { subject, customerId: null, message: String(given) }
  notify(tx, receivers, { ...notice, kind: 'WORK_ASSIGNED' })
  await tellFormer(tx, one.fromId, { ...notice, kind: 'WORK_REASSIGNED' })
}

const receiversOf = async (tx: Transaction, { assigneeId, teamKey }: WorkReassignment) => {
  if (assigneeId != null) return [...(await handlersOf(tx, [assigneeId], tx.now())).values()]
  return (await membersOf(tx, [teamKey!], tx.now())).get(teamKey!) ?? []
}
