import { limits, normalizeLine, patternOf } from '@clientele/contracts'
import {
  type Actor,
  allow,
  type Context,
  clearanceOf,
  covers,
  hasTenantScope,
  isId,
  isInScope,
  type Ownership,
  type OwnershipKeys,
  type Rule,
  rolesThatSee,
  type Transaction,
  unknownEntity,
  withinWhere,
} from '@clientele/kit'
import { Customer, CustomerKind } from './customer.entity.js'
import { customerPolicy } from './customer.policy.js'

/** Whether whoever changes customers sees their sensitive details as well. */
export const seesSensitive = (actor: Actor) => covers(clearanceOf(actor, customerPolicy.table, 'write'), 'SENSITIVE')

/** The roles that change customers and see those. */
export const sensitiveRoles = rolesThatSee(customerPolicy.write, 'SENSITIVE')

/** The details that an input clears as a whole, sensitive ones included, though whoever sends it does not see those. */
export const clearedUnseen = (
  actor: Actor,
  kind: CustomerKind,
  given: Partial<Record<'person' | 'organization', object | null>>,
) => {
  const part = kind === CustomerKind.PERSON ? 'person' : 'organization'
  return given[part] === null && !seesSensitive(actor) ? part : undefined
}

type ActorContext = Pick<Context, 'actor' | 'trail'>

/** Finds customers whatever the actor's access scope: for checks that must see those of others, and for `requireInScope`. */
export const inAnyScope = { filters: false } as const

export const unknownCustomer = () => unknownEntity('customer')

/**
 * Passes a customer that the actor can read. Throws NOT_FOUND `customer.unknown`; the audit log learns of one beyond
 * the actor's access scope.
 */
export const requireInScope = <C extends Ownership & { id: string }>(context: ActorContext, customer: C | null): C => {
  if (!customer || !isInScope(context, customerPolicy.read, customer)) throw unknownCustomer()
  return customer
}

/** Whether a customer who belongs so is in the access scope that a rule of another concept gives; where not, the audit log learns of it. */
export const isCustomerInScope = (context: ActorContext, of: Ownership & { id?: string | undefined }, rule: Rule) =>
  isInScope(context, { ...rule, concept: 'Customer' }, of)

/** The customers, as a condition for the ORM, whom the actor has in the access scope that a rule of another concept gives. */
export const customersWithin = (actor: Actor, rule: Rule): object =>
  withinWhere(actor, { ...rule, table: { ...rule.table, ownership: customerPolicy.table.ownership as OwnershipKeys } })

/**
 * Throws FORBIDDEN where the actor may not change a customer who belongs so, or not take them out of use and back; without one, where they
 * may with none.
 */
export const allowChange = (
  { actor }: Pick<Context, 'actor'>,
  of: Ownership | undefined,
  action: 'write' | 'archive' = 'write',
) => allow(actor, customerPolicy[action], of)

/**
 * Whose a new customer is, where whoever enters them has less than the tenant in scope. Without an owner they are the actor's, who would not
 * find them again; without a territory they are in the actor's home territory, so that their manager finds them too.
 */
export const asOwn = <V extends Ownership>(context: ActorContext, values: V, rule: Rule): V => {
  const owned = withOwner(context, values, rule)
  if (hasTenantScope(context.actor, rule) || owned.territory != null || owned.ownerId !== context.actor.subject)
    return owned
  return { ...owned, territory: homeTerritory(context.actor) }
}

/** Gives a customer without an owner to whoever enters it, where their access scope is less than the tenant. */
export const withOwner = <V extends Ownership>({ actor }: ActorContext, values: V, rule: Rule): V =>
  values.ownerId == null && !hasTenantScope(actor, rule) ? { ...values, ownerId: actor.subject } : values

/** The first territory of the token that a customer can have; null without one. */
const homeTerritory = ({ territories }: Actor) =>
  territories.find((path) => path === normalizeLine(path) && patternOf(limits.key).test(path)) ?? null

/** The customer that something is written about. Throws NOT_FOUND where the actor cannot read it, FORBIDDEN where it lies outside the access scope of `rule`. */
export const requireCustomer = async (tx: Transaction, id: string, rule: Rule): Promise<Customer> => {
  const customer = requireInScope(tx, isId(id) ? await tx.em.findOne(Customer, { id }, inAnyScope) : null)
  tx.allow(rule, customer)
  return customer
}
