import type { profilesTaskRequested } from '@clientele/contracts'
import { Invalid, type Transaction } from '@clientele/kit'
import { newTask } from './new-task.js'
import { Task } from './task.entity.js'

type TaskRequest = (typeof profilesTaskRequested)['example']

/**
 * Makes a task that a service asked for, unless it asked for one by this key before. Its title is its kind until somebody writes another, because
 * events carry no texts. Whoever is named gets it, also where they have left meanwhile: it is there to be handed over. Throws INVALID
 * `task.no_assignee` or `task.two_assignees`.
 */
export const createRequestedTask = async (tx: Transaction, service: string, request: TaskRequest) => {
  const { key, about, assigneeId, teamKey } = request
  if ((assigneeId === null) === (teamKey === null)) {
    const reason = assigneeId === null ? 'task.no_assignee' : 'task.two_assignees'
    throw new Invalid('A task is for a member of staff or for a team.', { reason })
  }
  // Of two that ask at once the second waits here for the first, and then finds its task.
  await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `task ${tx.actor.tenant} ${service} ${key}`,
  ])
  if (await tx.em.count(Task, { sourceService: service, sourceKey: key }, { filters: false })) return
  await newTask(tx, {
    ...{ customerId: request.customerId, kind: request.kind, title: request.kind, priority: request.priority },
    ...{ subjectType: about?.type ?? null, subjectId: about?.id ?? null, sourceService: service, sourceKey: key },
    ...{ assigneeId, teamKey, dueAt: new Date(request.dueAt) },
    remindAt: request.remindAt === null ? null : new Date(request.remindAt),
  })
}
