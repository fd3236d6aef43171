import {
  type AutomationOrderAnswer,
  automationOrders,
  profilesAutomationActionAnswered,
  readAutomationOrder,
  staffEntityId,
} from '@clientele/contracts'
import { orderedActions, type Transaction } from '@clientele/kit'
import { staffById } from '../directory/staff-look-up.js'
import { type AutomationAction, performAction } from './automation.actions.js'

type Request = (typeof automationOrders.requested)['example']

/** Automations have customers tagged and given owners: each on behalf of its author, once. */
export const doAutomationActions = orderedActions({
  name: 'profiles-automation-actions',
  requested: automationOrders.requested,
  answered: profilesAutomationActionAnswered,
  kinds: ['TAG', 'UNTAG', 'ASSIGN'],
  order: async (tx: Transaction, { automationId, number, position, id }: Request) => {
    const answer = await tx.ask<AutomationOrderAnswer<AutomationAction>>(
      automationOrders.owner,
      automationOrders.document,
      { automationId, number, position, id },
    )
    const author = answer.order?.authorId
    const known = author === undefined ? undefined : (await staffById(tx, [author])).get(staffEntityId(author))
    return readAutomationOrder(answer, automationId, known)
  },
  perform: performAction,
  echo: ({ automationId, customerId }) => ({ automationId, customerId }),
  about: ({ customerId }) => ({ type: 'Customer', id: customerId }),
})
