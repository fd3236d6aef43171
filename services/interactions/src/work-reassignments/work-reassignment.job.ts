import { presentRights, staffEntityId } from '@clientele/contracts'
import { setTimers, type Transaction, timer } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { staff } from '../staff/staff.actions.js'
import { WorkReassignment } from './work-reassignment.entity.js'
import { end } from './work-reassignment-end.js'
import { giveOn } from './work-step.js'
import { continuation } from './work-timer.js'

/** Goes on with reassignments, a batch of each, on behalf of whoever began it and by what they may at present. */
export const reassignMoreWork = timer(continuation.name, async (tx, due) => {
  for (const { entityId } of due) await goOn(tx, entityId)
})

const goOn = async (tx: Transaction, id: string) => {
  const one = await tx.em.findOne(
    WorkReassignment,
    { id, status: 'RUNNING' },
    { filters: false, lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  if (!one) return
  const { subject } = one.acting
  const [member] = await staff.known(tx, [staffEntityId(subject)])
  const rights = presentRights(member, one.acting)
  if (!rights) return end(tx, one, 'STOPPED')
  const theirs = tx.onBehalfOf({ subject, kind: 'work_reassignment', id }, rights)
  const { given, isAll } = await giveOn(theirs, one)
  const counts = {
    tasks: one.tasks + given.tasks,
    visits: one.visits + given.visits,
    complaints: one.complaints + given.complaints,
  }
  if (isAll) {
    Object.assign(one, counts)
    return end(theirs, one, 'DONE')
  }
  // Counts on the way are no change of their own: they have no event, and the version stays.
  await tx.em.execute('update work_reassignment set tasks = ?, visits = ?, complaints = ? where id = ?', [
    ...[counts.tasks, counts.visits, counts.complaints, id],
  ])
  await setTimers(tx, continuation, [{ entityId: id, at: tx.now() }])
}
