import {
  customerArchived,
  customerCreated,
  customerRestored,
  customerTagged,
  customerUntagged,
  customerUpdated,
} from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { noteOccurrences } from '../automation-runs/occurrence.actions.js'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { keepCustomers } from './customer.actions.js'

/** Keeps the record's own facts and moves its customer between segments. */
export const keepCustomerFacts = consumeBatch(
  'segmentation-customer-facts',
  [customerCreated, customerUpdated, customerArchived, customerRestored, customerTagged, customerUntagged],
  async (tx, events) => {
    const changed = await keepCustomers(
      tx,
      events.map(({ data }) => data),
    )
    await evaluateCustomers(tx, changed)
    await noteOccurrences(tx, events)
  },
)
