import {
  accessScopeOf,
  type Context,
  isId,
  isWithin,
  NotFound,
  type Ownership,
  type Rule,
  type Transaction,
} from '@clientele/kit'
import { Customer } from './customer.entity.js'
import { customerPolicy } from './customer.policy.js'

type ActorContext = Pick<Context, 'actor' | 'trail'>

/** Finds customers wherever they lie: for checks that must see those of others, and for `reached`. */
export const anybodys = { filters: false } as const

export const unknownCustomer = () => new NotFound('There is no such customer.', { reason: 'customer.unknown' })

/**
 * Passes a customer that the actor can read. Throws NOT_FOUND `customer.unknown`; the audit log learns of one beyond
 * the actor's access scope.
 */
export const requireInScope = (context: ActorContext, customer: Customer | null): Customer => {
  if (!customer || !isInScope(context, customer, customerPolicy.read)) throw unknownCustomer()
  return customer
}

/** Whether the actor reaches with this rule a customer who belongs so; if not, the audit log learns of it. */
export const isInScope = (
  { actor, trail }: ActorContext,
  of: Ownership & { id?: string | undefined },
  rule: Rule,
): boolean => {
  if (isWithin(actor, accessScopeOf(actor, rule), of)) return true
  trail.denied({ action: rule.action, type: 'Customer', ...(of.id && { id: of.id }), reason: 'access_scope' })
  return false
}

/**
 * Gives a new customer without an owner to whoever enters it, where they reach less than the tenant: they would not
 * find it again.
 */
export const withOwner = <V extends Ownership>({ actor }: ActorContext, values: V, rule: Rule): V =>
  values.ownerId == null && accessScopeOf(actor, rule) !== 'TENANT' ? { ...values, ownerId: actor.subject } : values

/** The customer that something is written about. Throws NOT_FOUND where the actor cannot read it, FORBIDDEN where `rule` does not reach it. */
export const requireCustomer = async (tx: Transaction, id: string, rule: Rule): Promise<Customer> => {
  const customer = requireInScope(tx, isId(id) ? await tx.em.findOne(Customer, { id }, anybodys) : null)
  tx.allow(rule, customer)
  return customer
}
