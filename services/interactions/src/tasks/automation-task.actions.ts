import { addWorkingTime } from '@clientele/business-calendar'
import { type AutomationTask, type automationActionRequested, taskCreated } from '@clientele/contracts'
import { Conflict, type Made, type Transaction, validationIssues } from '@clientele/kit'
import { deadlineRule } from '../complaints/complaint-deadlines.js'
import { customers } from '../customer/customer.actions.js'
import { namedByAction, refuseEmptyTeam } from '../staff/named-by-action.js'
import { Task } from './task.entity.js'
import { taskPolicy } from './task.policy.js'
import { checkAssignee } from './task-assignee.js'
import { dataOf } from './task-event.js'
import { tellOfAssignment } from './task-recipients.js'
import { moveTimers } from './task-timers.js'

type Request = (typeof automationActionRequested)['example']

const hour = 3_600_000

/** Creates a task that an automation asks for, with the rights of its author. Refuses before it changes anything. */
export const createAutomationTask = async (
  mine: Transaction,
  { id, customerId }: Request,
  wanted: AutomationTask,
): Promise<Made> => {
  mine.allow(taskPolicy.create)
  const customer = await customers.require(mine, customerId, taskPolicy.create, { archived: 'accepted' })
  const issues = validationIssues('')
  const assigned = await checkAssignee(mine, issues, namedByAction(mine, wanted.assignee, customer.ownerId))
  issues.refuse()
  await refuseEmptyTeam(mine, assigned.teamKey)
  const dueAt = await dueAtOf(mine, wanted)
  const task = mine.em.create(Task, {
    ...{ customerId, kind: wanted.kind, title: wanted.title, note: wanted.note, priority: wanted.priority, dueAt },
    ...{ subjectType: null, subjectId: null, sourceService: 'segmentation', sourceKey: `automation:${id}` },
    ...{ status: 'OPEN', remindAt: null, result: null, cancellation: null, ...assigned },
  } as never)
  mine.emit(taskCreated, task, dataOf(task))
  await moveTimers(mine, task)
  await tellOfAssignment(mine, task)
  return { type: 'task', id: task.id }
}

const dueAtOf = async (mine: Transaction, { dueInHours, inWorkingHours }: AutomationTask): Promise<Date> => {
  const from = mine.now()
  if (!inWorkingHours) return new Date(from.getTime() + dueInHours * hour)
  const { calendar } = await deadlineRule(mine)
  const due = addWorkingTime(calendar, from, dueInHours * hour)
  if (due) return due
  throw new Conflict('This needs more than twenty years of working time by the default calendar of the tenant.', {
    reason: 'deadline.too_far',
  })
}
