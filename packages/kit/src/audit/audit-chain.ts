import { createHmac } from 'node:crypto'
import type { Keyring } from '../encryption/keyring.js'

/** The key under which the entries of a tenant are sealed. */
export type ChainKey = (tenant: string) => Promise<Uint8Array>

/** A service's own keys, which last as long as its chains. */
export const chainKeyOf =
  (keyring: Keyring): ChainKey =>
  (tenant) =>
    keyring.secret(tenant, 'audit-chain')

/** An entry as it is hashed: each column as a text of the database, or null. */
export type ChainRow = Readonly<Record<ChainColumn, string | readonly string[] | null>> & { hash: Buffer | null }

// Each column but the hash, so that none can change unseen. A new one goes to the end and is nullable: what is null is not hashed.
const columns = [
  'tenant',
  'number',
  'position',
  'id',
  'at',
  'outcome',
  'subject',
  'client',
  'roles',
  'action',
  'entity_type',
  'entity_id',
  'entity_version',
  'data_subject_id',
  'fields',
  'reason',
  'purpose',
  'address',
  'request_id',
  'traceparent',
  'change_origin',
  'causation_id',
  'on_behalf_of',
  'on_behalf_kind',
  'on_behalf_id',
] as const
type ChainColumn = (typeof columns)[number]

const asText: Partial<Record<ChainColumn, string>> = {
  at: '(extract(epoch from at) * 1000000)::bigint::text as at',
  roles: 'roles',
  fields: 'fields',
}

/** What to select for a ChainRow. */
export const chainColumns = [...columns.map((name) => asText[name] ?? `${name}::text`), 'hash'].join(', ')

/** What stands before the first entry. */
export const beginning: Uint8Array = Buffer.alloc(32)

/** Seals an entry at its place behind the entry with the hash `previous`. */
export const hashOf = (key: Uint8Array, previous: Uint8Array, row: ChainRow): Buffer => {
  const told = columns.flatMap((name) => (row[name] === null ? [] : [[name, row[name]]]))
  return createHmac('sha256', key).update(previous).update(JSON.stringify(told)).digest()
}
