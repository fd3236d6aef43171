import type { CustomerKind, CustomerStatus } from '@clientele/contracts'
import { Conflict, copies, NotFound, type Rule, type Transaction } from '@clientele/kit'
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
 * Makes sure that a customer is there, in use, and one with whom the actor may do what the rule says; one whose events have not arrived
 * yet is asked for at the owner. Throws NOT_FOUND `customer.unknown`, also where the actor does not reach him, FORBIDDEN where he may
 * see him only, CONFLICT `customer.archived`, UNAVAILABLE where the owner cannot be asked.
 */
export const requireCustomer = async (tx: Transaction, id: string, rule: Rule): Promise<void> => {
  const customer = await customers.find(tx, id, rule)
  if (!customer) throw new NotFound('There is no such customer.', { reason: 'customer.unknown' })
  if (customer.status !== 'ACTIVE') throw new Conflict('This customer is archived.', { reason: 'customer.archived' })
}
