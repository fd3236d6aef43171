import type { CustomerKind, CustomerStatus } from '@clientele/contracts'
import { isId, NotFound, type Transaction } from '@clientele/kit'

/** What this service keeps of a customer, who belongs to profiles. */
export interface KnownCustomer {
  id: string
  version: number
  kind: CustomerKind
  status: CustomerStatus
  ownerId: string | null
  territory: string | null
}

/** Keeps what is newer than what is known; of several versions of one customer the newest. */
export const keepCustomers = async (tx: Transaction, customers: readonly KnownCustomer[]) => {
  await tx.em.execute(
    `insert into customer (id, version, kind, status, owner_id, territory)
     select distinct on (id) id, version, kind, status, "ownerId", territory
     from jsonb_to_recordset(?::jsonb) as row
       (id uuid, version int, kind text, status text, "ownerId" text, territory text)
     order by id, version desc
     on conflict (tenant, id) do update
       set version = excluded.version, kind = excluded.kind, status = excluded.status,
           owner_id = excluded.owner_id, territory = excluded.territory
       where customer.version < excluded.version`,
    [JSON.stringify(customers)],
  )
}

/** The customer as known here, else as profiles says. Throws NOT_FOUND `customer.unknown`, or UNAVAILABLE when profiles cannot be asked. */
export const requireCustomer = async (tx: Transaction, id: string): Promise<Pick<KnownCustomer, 'id' | 'status'>> => {
  const customer = isId(id) ? ((await known(tx, id)) ?? (await asked(tx, id))) : undefined
  if (customer) return customer
  throw new NotFound('There is no such customer.', {
    reason: 'customer.unknown',
    fields: [{ path: 'input.customerId', reason: 'customer.unknown', message: 'the id of a customer' }],
  })
}

const known = async (tx: Transaction, id: string) => {
  const [row] = await tx.em.execute<Pick<KnownCustomer, 'id' | 'status'>[]>(
    'select id, status from customer where id = ?',
    [id],
  )
  return row
}

const asked = async (tx: Transaction, id: string) => {
  const { customersById } = await tx.ask<{ customersById: (KnownCustomer | null)[] }>(
    'profiles',
    'query ($ids: [ID!]!) { customersById(ids: $ids) { id version kind status ownerId territory } }',
    { ids: [id] },
  )
  const [customer] = customersById
  if (customer) await keepCustomers(tx, [customer])
  return customer ?? undefined
}
