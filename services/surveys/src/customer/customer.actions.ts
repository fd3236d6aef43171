import {
  type Belongings,
  Conflict,
  type Context,
  isId,
  isWithin,
  NotFound,
  type Rule,
  reachOf,
  type Transaction,
} from '@clientele/kit'
import { customerPolicy } from './customer.policy.js'

/** What surveys needs to know of a customer. */
interface CustomerCopy {
  id: string
  version: number
  kind: string
  status: string
  ownerId: string | null
  territory: string | null
}

type FoundCustomer = Pick<CustomerCopy, 'id' | 'status' | 'ownerId' | 'territory'>

/** Keeps what the owner says of a customer, unless a newer version is known. */
export const keepCustomer = async (tx: Transaction, customer: CustomerCopy) => {
  await tx.em.execute(
    `insert into customer (id, version, kind, status, owner_id, territory) values (?, ?, ?, ?, ?, ?)
     on conflict (tenant, id) do update set version = excluded.version, kind = excluded.kind, status = excluded.status,
       owner_id = excluded.owner_id, territory = excluded.territory
     where customer.version < excluded.version`,
    [customer.id, customer.version, customer.kind, customer.status, customer.ownerId, customer.territory],
  )
}

/**
 * Makes sure that a customer is there, in use, and one with whom the actor may do what the rule says; one whose events have not arrived
 * yet is asked for at the owner. Throws NOT_FOUND `customer.unknown`, also where the actor does not reach him, FORBIDDEN where he may
 * see him only, CONFLICT `customer.archived`, UNAVAILABLE where the owner cannot be asked.
 */
export const requireCustomer = async (tx: Transaction, id: string, rule: Rule) => {
  const customer = isId(id) ? ((await known(tx, [id]))[0] ?? (await askAndKeep(tx, id))) : undefined
  if (!customer) throw unknown()
  if (!isWithin(tx.actor, reachOf(tx.actor, customerPolicy.read), customer)) {
    tx.trail.denied({ action: rule.action, type: 'Customer', id: customer.id, reason: 'reach' })
    throw unknown()
  }
  tx.allow(rule, customer)
  if (customer.status !== 'ACTIVE') throw new Conflict('This customer is archived.', { reason: 'customer.archived' })
}

/** Whose these customers are, in their order, undefined where there is none; those whose events have not arrived yet are asked for at the owner. */
export const whoseCustomers = async (
  ctx: Context,
  ids: readonly string[],
): Promise<readonly (Belongings | undefined)[]> => {
  const byId = new Map((await known(ctx, ids)).map((customer) => [customer.id, customer]))
  const missing = ids.filter((id) => !byId.has(id.toLowerCase()))
  for (const customer of missing.length ? await ask(ctx, missing) : []) byId.set(customer.id, customer)
  return ids.map((id) => byId.get(id.toLowerCase()))
}

const unknown = () => new NotFound('There is no such customer.', { reason: 'customer.unknown' })

const known = ({ em }: Pick<Context, 'em'>, ids: readonly string[]) =>
  em.execute<FoundCustomer[]>(
    'select id, status, owner_id as "ownerId", territory from customer where id = any (?::uuid[])',
    [`{${ids.join(',')}}`],
  )

const ask = async (ctx: Pick<Context, 'ask'>, ids: readonly string[]): Promise<CustomerCopy[]> => {
  const { customersById } = await ctx.ask<{ customersById: (CustomerCopy | null)[] }>(
    'profiles',
    'query ($ids: [ID!]!) { customersById(ids: $ids) { id version kind status ownerId territory } }',
    { ids },
  )
  return customersById.filter((customer) => customer !== null)
}

const askAndKeep = async (tx: Transaction, id: string) => {
  const [customer] = await ask(tx, [id])
  if (customer) await keepCustomer(tx, customer)
  return customer
}
