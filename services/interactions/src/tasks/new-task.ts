import { taskCreated } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import { Task } from './task.entity.js'
import { dataOf } from './task-event.js'
import { tellOfAssignment } from './task-recipients.js'
import { moveTimers } from './task-timers.js'

type Given = Pick<Task, 'customerId' | 'kind' | 'title' | 'priority' | 'dueAt' | 'assigneeId' | 'teamKey'> &
  Partial<Pick<Task, 'note' | 'remindAt' | 'subjectType' | 'subjectId' | 'sourceService' | 'sourceKey'>>

const absent = { note: null, remindAt: null, subjectType: null, subjectId: null, sourceService: null, sourceKey: null }

/** An open task with its event and timers; whoever has it is told. Whoever calls has checked all of it. */
export const newTask = async (tx: Transaction, given: Given): Promise<Task> => {
  const task = tx.em.create(Task, {
    ...{ ...absent, ...given, status: 'OPEN', result: null, cancellation: null },
    createdOnBehalfOf: tx.actor.onBehalfOf?.subject ?? null,
  })
  tx.emit(taskCreated, task, dataOf(task))
  await moveTimers(tx, task)
  await tellOfAssignment(tx, task)
  return task
}
