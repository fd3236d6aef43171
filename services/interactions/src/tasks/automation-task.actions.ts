import { addWorkingTime } from '@clientele/business-calendar'
import type { AutomationTask, automationActionRequested } from '@clientele/contracts'
import { Conflict, type Made, type Transaction, validationIssues } from '@clientele/kit'
import { deadlineRule } from '../complaints/complaint-deadlines.js'
import { customers } from '../customer/customer.actions.js'
import { namedByAction, refuseEmptyTeam } from '../staff/named-by-action.js'
import { newTask } from './new-task.js'
import { taskPolicy } from './task.policy.js'
import { checkAssignee } from './task-assignee.js'

type Request = (typeof automationActionRequested)['example']

const hour = 3_600_000

/** Creates a task that an automation asks for, with the rights of its author. Refuses before it changes anything. */
export const createAutomationTask = async (
  mine: Transaction,
  { id, customerId, customerVersion: atLeast }: Request,
  wanted: AutomationTask,
): Promise<Made> => {
  mine.allow(taskPolicy.create)
  const customer = await customers.require(mine, customerId, taskPolicy.create, { archived: 'accepted', atLeast })
  const issues = validationIssues('')
  const assigned = await checkAssignee(mine, issues, await namedByAction(mine, wanted.assignee, customer.ownerId))
  issues.refuse()
  await refuseEmptyTeam(mine, assigned.teamKey)
  const dueAt = await dueAtOf(mine, wanted)
  const { kind, title, note, priority } = wanted
  const task = await newTask(mine, {
    ...{ customerId, kind, title, note, priority, dueAt, ...assigned },
    ...{ sourceService: 'segmentation', sourceKey: `automation:${id}` },
  })
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
