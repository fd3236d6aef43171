import {
  authorsOf,
  interactionsAutomationActionAnswered,
  type RequestedActionsAnswer,
  readRequestedAction,
  requestedAutomationActions,
} from '@clientele/contracts'
import { requestedActions, type Transaction } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import { performAction } from './automation.actions.js'

type Request = (typeof requestedAutomationActions.requested)['example']

/** Automations have tasks created and staff told: each on behalf of its author, once. */
export const doAutomationActions = requestedActions({
  name: 'interactions-automation-actions',
  requested: requestedAutomationActions.requested,
  answered: interactionsAutomationActionAnswered,
  kinds: ['CREATE_TASK', 'NOTIFY'],
  read: async (tx: Transaction, requests: readonly Request[]) => {
    const { owner, document } = requestedAutomationActions
    const answer = await tx.ask<RequestedActionsAnswer>(owner, document, { ids: requests.map(({ id }) => id) })
    const members = await staff.find(tx, authorsOf(answer))
    return requests.map(({ automationId }, at) => {
      const action = answer.requested[at]
      return readRequestedAction(action, automationId, action ? members.get(action.authorId) : undefined)
    })
  },
  perform: performAction,
  echo: ({ automationId, customerId }) => ({ automationId, customerId }),
  about: ({ customerId }) => ({ type: 'Customer', id: customerId }),
})
