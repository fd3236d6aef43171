import { customerArchived, customerCreated, customerRestored, customerUpdated } from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { keepCustomers } from './customer.actions.js'

/** Keeps the copy of the customers; in batches, since an import brings hundreds of thousands. */
export const copyCustomers = consumeBatch(
  'integrations-customer-copy',
  [customerCreated, customerUpdated, customerArchived, customerRestored],
  (tx, events) =>
    keepCustomers(
      tx,
      events.map(({ data }) => data),
    ),
)
