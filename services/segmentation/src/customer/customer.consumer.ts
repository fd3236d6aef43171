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
import { keepMerges } from '../segments/merged-tag.actions.js'
import { keepCustomers } from './customer.actions.js'

/** Keeps the record's own facts and moves its customer between segments. */
export const keepCustomerFacts = consumeBatch(
  'segmentation-customer-facts',
  [customerCreated, customerUpdated, customerArchived, customerRestored, customerTagged, customerUntagged],
  async (tx, events) => {
    const records = events.map(({ data }) => data)
    const changed = await keepCustomers(tx, records)
    // The event of the merge itself may come later, and nobody may enter or leave a segment by its tags for that.
    await keepMerges(
      tx,
      records.flatMap(({ mergedTags = [] }) => mergedTags),
    )
    await evaluateCustomers(tx, changed)
    await noteOccurrences(tx, events)
  },
)
