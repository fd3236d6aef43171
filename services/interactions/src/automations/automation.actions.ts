import type { AutomationAction, automationActionRequested } from '@clientele/contracts'
import { Conflict, type Made, type Transaction } from '@clientele/kit'
import { sendAutomationNotice } from '../notifications/automation-notice.actions.js'
import { createAutomationTask } from '../tasks/automation-task.actions.js'

type Request = (typeof automationActionRequested)['example']

/** Does an action on behalf of its author; refuses before it changes anything. */
export const performAction = async (
  mine: Transaction,
  request: Request,
  { createTask, notify }: AutomationAction,
): Promise<Made | null> => {
  if (createTask) return createAutomationTask(mine, request, createTask)
  if (notify) return sendAutomationNotice(mine, request, notify)
  throw new Conflict('This is no action that interactions does.', { reason: 'automation.other_action' })
}
