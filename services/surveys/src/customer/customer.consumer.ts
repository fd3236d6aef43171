import { customerArchived, customerCreated, customerRestored, customerUpdated } from '@clientele/contracts'
import { consume } from '@clientele/kit'
import { keepCustomer } from './customer.actions.js'

/** Keeps this service's copy of the customers. */
export const copyCustomers = consume(
  'surveys-customer-copy',
  [customerCreated, customerUpdated, customerArchived, customerRestored],
  (tx, customer) => keepCustomer(tx, customer),
)
