import {
  type Belongings,
  type Context,
  isId,
  isWithin,
  NotFound,
  type Rule,
  reachOf,
  type Transaction,
} from '@clientele/kit'
import { customerPolicy } from './customer.policy.js'

/** A customer as profiles tells of it, in its events and when asked. */
export interface KnownCustomer {
  id: string
  version: number
  kind: string
  status: string
  ownerId: string | null
  territory: string | null
}

type Whose = Pick<KnownCustomer, 'id' | 'ownerId' | 'territory'>

/** Keeps the newest known state of customers; an older one changes nothing. */
export const keepCustomers = (tx: Transaction, customers: readonly KnownCustomer[]) =>
  tx.em.execute(
    `insert into customer (id, version, kind, status, owner_id, territory)
     select distinct on (id) id, version, kind, status, "ownerId", territory
     from jsonb_to_recordset(?::jsonb) as row (id uuid, version int, kind text, status text, "ownerId" text, territory text)
     order by id, version desc
     on conflict (tenant, id) do update set
       version = excluded.version, kind = excluded.kind, status = excluded.status,
       owner_id = excluded.owner_id, territory = excluded.territory
     where customer.version < excluded.version`,
    [JSON.stringify(customers)],
  )

/**
 * The customer as known here, else as profiles says, for a change that this rule permits. Throws NOT_FOUND `customer.unknown`, also for one whom
 * the actor cannot read, and FORBIDDEN for one with whom he may not do this.
 */
export const requireCustomer = async (tx: Transaction, id: string, rule: Rule): Promise<Whose> => {
  const customer = isId(id) ? ((await kept(tx, [id]))[0] ?? (await askedAndKept(tx, id))) : undefined
  if (!customer) throw unknownCustomer()
  if (!isWithin(tx.actor, reachOf(tx.actor, customerPolicy.read), customer)) {
    tx.trail.denied({ action: rule.action, type: 'Customer', id: customer.id, reason: 'reach' })
    throw unknownCustomer()
  }
  tx.allow(rule, customer)
  return customer
}

/** Whose these customers are, in the order of their ids. Profiles is asked for those that are not known here yet; undefined where there are none. */
export const whoseCustomers = async (
  ctx: Context,
  ids: readonly string[],
): Promise<readonly (Belongings | undefined)[]> => {
  const byId = new Map((await kept(ctx, ids)).map((customer) => [customer.id, customer]))
  const missing = ids.filter((id) => !byId.has(id.toLowerCase()))
  for (const customer of missing.length ? await asked(ctx, missing) : []) byId.set(customer.id, customer)
  return ids.map((id) => byId.get(id.toLowerCase()))
}

const unknownCustomer = () => new NotFound('There is no such customer.', { reason: 'customer.unknown' })

const kept = ({ em }: Pick<Context, 'em'>, ids: readonly string[]) =>
  em.execute<Whose[]>('select id, owner_id as "ownerId", territory from customer where id = any(?::uuid[])', [
    `{${ids.join(',')}}`,
  ])

const byIds = 'query ($ids: [ID!]!) { customersById(ids: $ids) { id version kind status ownerId territory } }'

const asked = async ({ ask }: Pick<Context, 'ask'>, ids: readonly string[]) => {
  const { customersById } = await ask<{ customersById: (KnownCustomer | null)[] }>('profiles', byIds, { ids })
  return customersById.filter((customer) => customer !== null)
}

const askedAndKept = async (tx: Transaction, id: string) => {
  const [customer] = await asked(tx, [id])
  if (customer) await keepCustomers(tx, [customer])
  return customer
}
