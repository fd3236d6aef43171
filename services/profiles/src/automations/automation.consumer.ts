import {
  profilesAutomationActionAnswered,
  type RequestedActionAnswer,
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
  read: async (tx: Transaction, { automationId, automationVersion, position, id }: Request) => {
    const answer = await tx.ask<RequestedActionAnswer>(
      requestedAutomationActions.owner,
      requestedAutomationActions.document,
      { automationId, automationVersion, position, id },
    )
    const author = answer.requested?.authorId
    const known = author === undefined ? undefined : (await staffById(tx, [author])).get(staffEntityId(author))
    return readRequestedAction(answer, automationId, known)
  },
  perform: performAction,
  echo: ({ automationId, customerId }) => ({ automationId, customerId }),
  about: ({ customerId }) => ({ type: 'Customer', id: customerId }),
})
