import { Conflict, isId, NotFound, type Transaction } from '@clientele/kit'

/** What surveys needs to know of a customer. */
interface CustomerCopy {
  id: string
  version: number
  kind: string
  status: string
  ownerId: string | null
  territory: string | null
}

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
 * Makes sure that a customer is there and in use; one whose events have not arrived yet is asked for at the owner.
 * Throws NOT_FOUND `customer.unknown`, CONFLICT `customer.archived`, UNAVAILABLE where the owner cannot be asked.
 */
export const requireCustomer = async (tx: Transaction, id: string) => {
  const status = isId(id) && ((await known(tx, id)) ?? (await ask(tx, id)))
  if (!status) throw new NotFound('There is no such customer.', { reason: 'customer.unknown' })
  if (status !== 'ACTIVE') throw new Conflict('This customer is archived.', { reason: 'customer.archived' })
}

const known = async (tx: Transaction, id: string): Promise<string | undefined> => {
  const [row] = await tx.em.execute<{ status: string }[]>('select status from customer where id = ?', [id])
  return row?.status
}

const ask = async (tx: Transaction, id: string): Promise<string | undefined> => {
  const { customersById } = await tx.ask<{ customersById: (CustomerCopy | null)[] }>(
    'profiles',
    'query ($ids: [ID!]!) { customersById(ids: $ids) { id version kind status ownerId territory } }',
    { ids: [id] },
  )
  const [customer] = customersById
  if (!customer) return undefined
  await keepCustomer(tx, customer)
  return customer.status
}
