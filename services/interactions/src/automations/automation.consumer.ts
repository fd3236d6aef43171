import {
  interactionsAutomationActionAnswered,
  type RequestedActionAnswer,
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
  read: async (tx: Transaction, { automationId, automationVersion, position, id }: Request) => {
    const answer = await tx.ask<RequestedActionAnswer>(
      requestedAutomationActions.owner,
      requestedAutomationActions.document,
      {
        ...{ automationId, automationVersion, position, id },
      },
    )
    const author = answer.requested?.authorId
    const known = author === undefined ? undefined : (await staff.find(tx, [author])).get(author)
    return readRequestedAction(answer, automationId, known)
  },
  perform: performAction,
  echo: ({ automationId, customerId }) => ({ automationId, customerId }),
  about: ({ customerId }) => ({ type: 'Customer', id: customerId }),
})
