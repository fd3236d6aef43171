import { ClienteleError, NotFound, type Transaction } from '@clientele/kit'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { textArray } from '../rules/compile.js'

/** What profiles tells of a customer, in events as in answers. */
export interface CustomerRecord {
  id: string
  version: number
  kind: string
  status: string
  ownerId: string | null
  territory: string | null
  source: string | null
  tags: string[]
  createdAt: string
}

/** Keeps what the records say where it is newer than what is known; answers with the customers that changed. */
export const keepCustomers = async (tx: Transaction, records: readonly CustomerRecord[]): Promise<string[]> => {
  if (!records.length) return []
  const newest = new Map<string, CustomerRecord>()
  for (const record of records) {
    const known = newest.get(record.id)
    if (!known || known.version < record.version) newest.set(record.id, record)
  }
  const rows = await tx.em.execute<{ id: string }[]>(
    `insert into customer_facts as f
       (id, customer_version, kind, status, owner_id, territory, source, tags, customer_created_at, as_of)
     select id, version, kind, status, "ownerId", territory, source,
       array(select jsonb_array_elements_text(tags)), "createdAt", ?::timestamptz
     from jsonb_to_recordset(?::jsonb) as row (id uuid, version int, kind text, status text, "ownerId" text,
       territory text, source text, tags jsonb, "createdAt" timestamptz)
     order by id
     on conflict (tenant, id) do update set
       customer_version = excluded.customer_version, kind = excluded.kind, status = excluded.status,
       owner_id = excluded.owner_id, territory = excluded.territory, source = excluded.source, tags = excluded.tags,
       customer_created_at = excluded.customer_created_at, as_of = excluded.as_of
     where f.customer_version < excluded.customer_version
     returning id`,
    [tx.now().toISOString(), JSON.stringify([...newest.values()])],
  )
  return rows.map(({ id }) => id)
}

const ASK = `query ($ids: [ID!]!) {
  customersById(ids: $ids) { id version kind status ownerId territory source tags { key } createdAt }
}`

type Answer = { customersById: ((Omit<CustomerRecord, 'tags'> & { tags: { key: string }[] }) | null)[] }

/**
 * Asks profiles, in one batch, for those of the customers whose record no event has brought yet; answers with whom it learned.
 * Throws UNAVAILABLE when profiles cannot be reached.
 */
export const learnCustomers = async (tx: Transaction, ids: readonly string[]): Promise<string[]> => {
  const known = await knownCustomers(tx, ids)
  const missing = [...new Set(ids.filter((id) => !known.has(id)))]
  if (!missing.length) return []
  const { customersById } = await tx.ask<Answer>('profiles', ASK, { ids: missing })
  const found = customersById.filter((customer) => customer !== null)
  return keepCustomers(
    tx,
    found.map((customer) => ({ ...customer, tags: customer.tags.map(({ key }) => key) })),
  )
}

/** As `learnCustomers`, for events: their facts are kept, and the record follows with its own event if profiles is away. */
export const learnCustomersIfPossible = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  try {
    await learnCustomers(tx, ids)
  } catch (error) {
    if (!(error instanceof ClienteleError) || error.code !== 'UNAVAILABLE') throw error
    tx.log.debug({ customers: ids.length }, 'profiles is away; records of new customers will follow')
  }
}

/** Throws NOT_FOUND `customer.unknown` for those of the customers that do not exist, each with its place in the input. */
export const requireCustomers = async (tx: Transaction, ids: readonly string[], path: string): Promise<void> => {
  await evaluateCustomers(tx, await learnCustomers(tx, ids))
  const known = await knownCustomers(tx, ids)
  const fields = ids.flatMap((id, at) =>
    known.has(id) ? [] : [{ path: `${path}.${at}`, reason: 'customer.unknown', message: 'an existing customer' }],
  )
  if (fields.length) throw new NotFound('There is no such customer.', { reason: 'customer.unknown', fields })
}

const knownCustomers = async (tx: Transaction, ids: readonly string[]) => {
  const rows = await tx.em.execute<{ id: string }[]>(
    'select id from customer_facts where id = any(?::uuid[]) and customer_version > 0',
    [textArray(ids)],
  )
  return new Set(rows.map(({ id }) => id))
}
