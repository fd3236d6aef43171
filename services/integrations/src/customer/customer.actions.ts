import type { CustomerKind, CustomerStatus } from '@clientele/contracts'
import { copies, NotFound, type Rule, type Transaction } from '@clientele/kit'
import { customerPolicy } from './customer.policy.js'

/** What this service keeps of a customer, who belongs to profiles. */
interface KnownCustomer {
  id: string
  version: number
  kind: CustomerKind
  status: CustomerStatus
  ownerId: string | null
  territory: string | null
}

const customers = copies<KnownCustomer>({
  table: 'customer',
  columns: { kind: 'text', status: 'text', ownerId: 'text', territory: 'text' },
  owner: { service: 'profiles', query: 'customersById' },
  read: customerPolicy.read,
})
export const { keep: keepCustomers, whose: whoseCustomers } = customers

/**
 * The customer as known here, else as profiles says, for a change that this rule permits. Throws NOT_FOUND `customer.unknown`, also for one whom
 * the actor cannot read, FORBIDDEN for one with whom he may not do this, or UNAVAILABLE when profiles cannot be asked.
 */
export const requireCustomer = async (tx: Transaction, id: string, rule: Rule): Promise<KnownCustomer> => {
  const customer = await customers.find(tx, id, rule)
  if (!customer) throw new NotFound('There is no such customer.', { reason: 'customer.unknown' })
  return customer
}
