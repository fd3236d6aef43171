import { malformedText } from '@clientele/contracts'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Invalid } from '../errors/errors.js'
import { arrayParameter } from '../postgres/statements/array-parameter.js'
import { blindIndexOf } from './blind-index.js'
import { openText, sealText } from './cipher.js'
import { dataKeysOf, type KeyScope, unwrapDataKey } from './data-keys.js'

/** A sensitive value of an owner (the id of an entity); `field` names table and place: `customer.person.birthDate`. */
export interface SealedField {
  owner: string
  field: string
}

/** A value to keep; null removes it. What is `searchable` is found by its blind index. */
export interface SensitiveValue extends SealedField {
  text: string | null
  searchable?: boolean
}

export const valuePlace = ({ service, tenant }: Pick<KeyScope, 'service' | 'tenant'>, { owner, field }: SealedField) =>
  ['value', service, tenant, owner, field] as const

/** Seals and stores values: a handful of statements, however many. */
export const keepValues = async (em: EntityManager, scope: KeyScope, values: readonly SensitiveValue[]) => {
  const removed = values.filter(({ text }) => text === null)
  if (removed.length) {
    await em.execute(
      `delete from sealed_value where (owner_id, field) in
         (select owner, field from jsonb_to_recordset(?::jsonb) as row (owner uuid, field text))`,
      [JSON.stringify(removed)],
    )
  }
  const kept = values.filter((value): value is SensitiveValue & { text: string } => value.text !== null)
  if (!kept.length) return
  const keys = await dataKeysOf(em, scope, [...new Set(kept.map(({ owner }) => owner))])
  const { current } = await scope.tenantKeys.ensure(scope.tenant)
  const rows = await Promise.all(
    kept.map(async ({ owner, field, text, searchable }) => {
      if (!text.isWellFormed()) throw unstorable()
      const index = searchable ? await blindIndexOf(current, field, text) : undefined
      return {
        owner_id: owner,
        field,
        sealed: sealText(keys.get(owner)!, valuePlace(scope, { owner, field }), text).toString('base64'),
        blind_index: index?.toString('base64') ?? null,
        index_generation: index ? current.generation : null,
      }
    }),
  )
  await em.execute(
    `insert into sealed_value (owner_id, field, sealed, blind_index, index_generation)
     select owner_id, field, decode(sealed, 'base64'), decode(blind_index, 'base64'), index_generation
     from jsonb_to_recordset(?::jsonb) as row
       (owner_id uuid, field text, sealed text, blind_index text, index_generation int)
     order by owner_id, field
     on conflict (tenant, owner_id, field) do update
       set sealed = excluded.sealed, blind_index = excluded.blind_index, index_generation = excluded.index_generation`,
    [JSON.stringify(rows)],
  )
}

/** The values of these fields in their order, in one statement; null where there is none. */
export const openValues = async (
  em: EntityManager,
  scope: KeyScope,
  fields: readonly SealedField[],
): Promise<(string | null)[]> => {
  if (!fields.length) return []
  const rows = await em.execute<StoredValue[]>(
    `select v.owner_id as owner, v.field, v.sealed, k.wrapped, k.key_generation as generation
     from jsonb_to_recordset(?::jsonb) as wanted (owner uuid, field text)
     join sealed_value v on v.owner_id = wanted.owner and v.field = wanted.field
     join data_key k on k.owner_id = v.owner_id and k.wrapped is not null`,
    [JSON.stringify(fields)],
  )
  const keys = new Map<string, Promise<Buffer>>()
  const texts = new Map<string, string>()
  for (const row of rows) {
    const key = keys.get(row.owner) ?? unwrapDataKey(scope, row)
    keys.set(row.owner, key)
    texts.set(nameOf(row), openText(await key, valuePlace(scope, row), row.sealed))
  }
  return fields.map((field) => texts.get(nameOf(field)) ?? null)
}

/** Destroys the data keys of owners, and with them every value of theirs; for good. */
export const shredOwners = async (em: EntityManager, owners: readonly string[]) => {
  const ids = [arrayParameter(owners)]
  // Waits for those who store a value of theirs now, and lets nobody else begin.
  await em.execute('select from data_key where owner_id = any(?::uuid[]) order by owner_id for update', ids)
  await em.execute('delete from sealed_value where owner_id = any(?::uuid[])', ids)
  await em.execute(
    `insert into data_key (owner_id, live, shredded_at) select distinct unnest(?::uuid[]), false, now()
     on conflict (tenant, owner_id) do update
       set wrapped = null, key_generation = null, live = false, shredded_at = excluded.shredded_at
       where data_key.live`,
    ids,
  )
}

interface StoredValue extends SealedField {
  sealed: Buffer
  wrapped: Buffer
  generation: number
}

const nameOf = ({ owner, field }: SealedField) => `${owner.toLowerCase()} ${field}`

const unstorable = () =>
  new Invalid('A text holds a character that cannot be stored.', { reason: malformedText, params: {} })
