import type { automationActionRequested } from '@clientele/contracts'
import { Conflict, type Made, type Transaction } from '@clientele/kit'
import { type NoticeOrder, tellOrdered } from '../notifications/notification-order.actions.js'
import { createOrderedTask, type TaskOrder } from '../tasks/task-order.actions.js'

/** What segmentation tells of an action: exactly one member is given. */
export interface AutomationAction {
  createTask?: TaskOrder
  notify?: NoticeOrder
}

type Request = (typeof automationActionRequested)['example']

/** Does an action on behalf of its author; refuses before it changes anything. */
export const performAction = async (
  mine: Transaction,
  request: Request,
  { createTask, notify }: AutomationAction,
): Promise<Made | null> => {
  if (createTask) return createOrderedTask(mine, request, createTask)
  if (notify) return tellOrdered(mine, request, notify)
  throw new Conflict('This is no action that interactions does.', { reason: 'automation.other_action' })
}
