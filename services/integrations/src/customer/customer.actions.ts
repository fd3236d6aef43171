import { isId, NotFound, type Transaction } from '@clientele/kit'

/** A customer as profiles tells of it, in its events and when asked. */
export interface KnownCustomer {
  id: string
  version: number
  kind: string
  status: string
  ownerId: string | null
  territory: string | null
}

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

const byIds = 'query ($ids: [ID!]!) { customersById(ids: $ids) { id version kind status ownerId territory } }'

/** Makes sure that a customer exists; one whose event has not arrived yet is asked for. Throws NOT_FOUND `customer.unknown`. */
export const requireCustomer = async (tx: Transaction, id: string) => {
  if (isId(id) && (await isKept(tx, id))) return
  const found = isId(id)
    ? await tx.ask<{ customersById: (KnownCustomer | null)[] }>('profiles', byIds, { ids: [id] })
    : null
  const customer = found?.customersById[0]
  if (!customer) throw new NotFound('There is no such customer.', { reason: 'customer.unknown' })
  await keepCustomers(tx, [customer])
}

const isKept = async (tx: Transaction, id: string) =>
  (await tx.em.execute('select from customer where tenant = current_tenant() and id = ?', [id])).length > 0
