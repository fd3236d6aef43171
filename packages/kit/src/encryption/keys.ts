import type { EntityManager } from '@mikro-orm/postgresql'
import DataLoader from 'dataloader'
import { blindIndexOf } from './blind-index.js'
import type { KeyScope } from './data-keys.js'
import { keepValues, openValues, type SealedField, type SensitiveValue, shredOwners } from './sealed-values.js'

/** Reads what is kept sealed: sensitive values of the actor's tenant. */
export interface Keys {
  /** The text, or null where there is none or its owner's key was destroyed. Whatever one tick asks for costs one statement. */
  open(owner: string, field: string): Promise<string | null>
  /** The texts of these fields in their order, in one statement. */
  openAll(fields: readonly SealedField[]): Promise<(string | null)[]>
  /**
   * A subquery of the ids of those owners whose searchable value of `field` equals `text` but for case, blanks and punctuation:
   * `id in (…)`. Costs no statement as long as the tenant's keys are known.
   */
  ownersOf(field: string, text: string): Promise<{ sql: string; params: unknown[] }>
}

/** Keeps sensitive values, within a transaction. */
export interface WritableKeys extends Keys {
  /** Seals and stores values in a handful of statements, however many. Throws CONFLICT `keys.shredded` for an owner that was erased. */
  keep(values: readonly SensitiveValue[]): Promise<void>
  /** Destroys the keys of these owners: nobody can read their values any more, nor store new ones. Cannot be undone. */
  shred(owners: readonly string[]): Promise<void>
}

/** The keys of one tenant, for one context: `em` belongs to the same tenant. */
export const keysOn = (em: EntityManager, scope: KeyScope): WritableKeys => {
  // Not cached: the next mutation of a request may change what this one has read.
  const loader = new DataLoader<SealedField, string | null>((fields) => openValues(em, scope, fields), {
    cache: false,
    maxBatchSize: 1_000,
  })
  return {
    open: (owner, field) => loader.load({ owner, field }),
    openAll: (fields) => openValues(em, scope, fields),
    ownersOf: async (field, text) => {
      const live = (await scope.tenantKeys.find(scope.tenant))?.live ?? []
      const indexes = await Promise.all(live.map((key) => blindIndexOf(key, field, text)))
      const found = indexes.filter((index) => index !== undefined)
      if (!found.length) return { sql: 'select null::uuid where false', params: [] }
      const marks = found.map(() => '?').join(', ')
      return {
        sql: `select owner_id from sealed_value where field = ? and blind_index in (${marks})`,
        params: [field, ...found],
      }
    },
    keep: (values) => keepValues(em, scope, values),
    shred: (owners) => shredOwners(em, owners),
  }
}
