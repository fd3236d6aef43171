import type { EntityManager } from '@mikro-orm/postgresql'
import { Conflict } from '../errors/errors.js'
import { arrayParameter } from '../postgres/statements/array-parameter.js'
import { newKey, open, seal } from './cipher.js'
import type { TenantKeys } from './tenant-keys.js'

/** Where data keys are: the service's name and the tenant. */
export interface KeyScope {
  service: string
  tenant: string
  tenantKeys: TenantKeys
}

/** A data key as it is stored. */
export interface WrappedDataKey {
  owner: string
  wrapped: Buffer
  generation: number
}

/** What a data key is bound to while it is wrapped. */
export const dataKeyPlace = ({ service, tenant }: Pick<KeyScope, 'service' | 'tenant'>, owner: string) =>
  ['data key', service, tenant, owner] as const

export const unwrapDataKey = async (scope: KeyScope, { owner, wrapped, generation }: WrappedDataKey): Promise<Buffer> =>
  open((await scope.tenantKeys.generation(scope.tenant, generation)).wrapping, dataKeyPlace(scope, owner), wrapped)

/**
 * The data keys of owners, made where there are none: one statement where all are there, else three.
 * Throws CONFLICT `keys.shredded` for an owner whose key was destroyed.
 */
export const dataKeysOf = async (
  em: EntityManager,
  scope: KeyScope,
  owners: readonly string[],
): Promise<Map<string, Buffer>> => {
  const known = await stored(em, scope, owners)
  const missing = owners.filter((owner) => !known.has(owner))
  if (!missing.length) return known
  const { current } = await scope.tenantKeys.ensure(scope.tenant)
  const rows = missing.map((owner) => ({
    owner_id: owner,
    key_generation: current.generation,
    wrapped: seal(current.wrapping, dataKeyPlace(scope, owner), newKey()).toString('base64'),
  }))
  await em.execute(
    `insert into data_key (owner_id, key_generation, wrapped)
     select owner_id, key_generation, decode(wrapped, 'base64')
     from jsonb_to_recordset(?::jsonb) as row (owner_id uuid, key_generation int, wrapped text)
     order by owner_id on conflict do nothing`,
    [JSON.stringify(rows)],
  )
  // Somebody else may have made one meanwhile: what is stored counts.
  return new Map([...known, ...(await stored(em, scope, missing))])
}

const stored = async (em: EntityManager, scope: KeyScope, owners: readonly string[]) => {
  const rows = await em.execute<{ owner: string; wrapped: Buffer | null; generation: number }[]>(
    `select owner_id as owner, wrapped, key_generation as generation from data_key where owner_id = any(?::uuid[])`,
    [arrayParameter(owners)],
  )
  const keys = new Map<string, Buffer>()
  for (const { owner, wrapped, generation } of rows) {
    if (!wrapped) throw new Conflict('Nothing more can be stored here: it was erased.', { reason: 'keys.shredded' })
    keys.set(owner, await unwrapDataKey(scope, { owner, wrapped, generation }))
  }
  return keys
}
