import {
  authorsOf,
  profilesAutomationActionAnswered,
  type RequestedActionsAnswer,
  readRequestedAction,
  requestedAutomationActions,
  staffEntityId,
} from '@clientele/contracts'
import { requestedActions, type Transaction } from '@clientele/kit'
import { staffById } from '../directory/staff-look-up.js'
import { performAction } from './automation.actions.js'

type Request = (typeof requestedAutomationActions.requested)['example']

/** Automations have customers tagged and given owners: each on behalf of its author, once. */
export const doAutomationActions = requestedActions({
  name: 'profiles-automation-actions',
  requested: requestedAutomationActions.requested,
  answered: profilesAutomationActionAnswered,
  kinds: ['TAG', 'UNTAG', 'ASSIGN'],
  read: async (tx: Transaction, requests: readonly Request[]) => {
    const { owner, document } = requestedAutomationActions
    const answer = await tx.ask<RequestedActionsAnswer>(owner, document, { ids: requests.map(({ id }) => id) })
    const members = await staffById(tx, authorsOf(answer))
    return requests.map(({ automationId }, at) => {
      const action = answer.requested[at]
      return readRequestedAction(action, automationId, action ? members.get(staffEntityId(action.authorId)) : undefined)
    })
  },
  perform: performAction,
  echo: ({ automationId, customerId }) => ({ automationId, customerId }),
  about: ({ customerId }) => ({ type: 'Customer', id: customerId }),
})
