import {
  type AutomationOrderAnswer,
  automationOrders,
  interactionsAutomationActionAnswered,
  readAutomationOrder,
} from '@clientele/contracts'
import { orderedActions, type Transaction } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import { type AutomationAction, performAction } from './automation.actions.js'

type Request = (typeof automationOrders.requested)['example']

/** Automations have tasks created and staff told: each on behalf of its author, once. */
export const doAutomationActions = orderedActions({
  name: 'interactions-automation-actions',
  requested: automationOrders.requested,
  answered: interactionsAutomationActionAnswered,
  kinds: ['CREATE_TASK', 'NOTIFY'],
  order: async (tx: Transaction, { automationId, number, position, id }: Request) => {
    const answer = await tx.ask<AutomationOrderAnswer<AutomationAction>>(
      automationOrders.owner,
      automationOrders.document,
      {
        ...{ automationId, number, position, id },
      },
    )
    const author = answer.order?.authorId
    const known = author === undefined ? undefined : (await staff.find(tx, [author])).get(author)
    return readAutomationOrder(answer, automationId, known)
  },
  perform: performAction,
  echo: ({ automationId, customerId }) => ({ automationId, customerId }),
  about: ({ customerId }) => ({ type: 'Customer', id: customerId }),
})
