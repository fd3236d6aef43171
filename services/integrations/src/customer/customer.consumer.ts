import { customerArchived, customerCreated, customerRestored, customerUpdated } from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { keepCustomers } from './customer.actions.js'

export const copyCustomers = consumeBatch(
  'integrations-customer-copy',
  [customerCreated, customerUpdated, customerArchived, customerRestored],
  async (tx, events) => {
    await keepCustomers(
      tx,
      events.map(({ data }) => data),
    )
  },
)
