import type { AutomationNotice, automationActionRequested } from '@clientele/contracts'
import { type Transaction, validationIssues } from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { namedByAction, refuseEmptyTeam } from '../staff/named-by-action.js'
import { handlersOf, membersOf } from '../staff/recipients.js'
import { checkAssignee } from '../tasks/task-assignee.js'
import { notify } from './notification.actions.js'
import { notificationPolicy } from './notification.policy.js'

type Request = (typeof automationActionRequested)['example']

/** Tells what the author of an automation wrote, with their rights. Refuses before it changes anything. */
export const sendAutomationNotice = async (
  mine: Transaction,
  request: Request,
  { text, to }: AutomationNotice,
): Promise<null> => {
  const { customerId, customerVersion: atLeast, automationId } = request
  mine.allow(notificationPolicy.notify)
  const customer = await customers.require(mine, customerId, notificationPolicy.notify, {
    archived: 'accepted',
    atLeast,
  })
  const issues = validationIssues('')
  const { assigneeId, teamKey } = await checkAssignee(mine, issues, await namedByAction(mine, to, customer.ownerId))
  issues.refuse()
  await refuseEmptyTeam(mine, teamKey)
  const recipients =
    assigneeId === null
      ? (await membersOf(mine, [teamKey as string], mine.now())).get(teamKey as string)
      : [(await handlersOf(mine, [assigneeId], mine.now())).get(assigneeId)!]
  notify(mine, recipients ?? [], {
    ...{ kind: 'AUTOMATION', subject: { type: 'automation', id: automationId }, customerId, message: text },
  })
  return null
}
