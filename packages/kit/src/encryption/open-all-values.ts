import type pg from 'pg'
import { readPages } from '../postgres/statements/read-pages.js'
import { openText } from './cipher.js'
import { unwrapDataKey } from './data-keys.js'
import type { MasterKeys } from './master-keys.js'
import { SealError } from './seal-error.js'
import { type SealedField, valuePlace } from './sealed-values.js'
import { createTenantKeys } from './tenant-keys.js'

interface Options {
  service: string
  tenant: string
  masterKeys: MasterKeys
  /** In a transaction, as somebody who sees the rows of this tenant, keys included. */
  client: Pick<pg.Pool, 'query'>
}

/** Every sensitive value of a tenant in one service, in clear: for the tenant who leaves. `text` is null where value or key are damaged. */
export async function* openAllValues({
  service,
  tenant,
  masterKeys,
  client,
}: Options): AsyncGenerator<SealedField & { text: string | null }> {
  const tenantKeys = createTenantKeys({ service, system: client, masterKeys })
  const scope = { service, tenant, tenantKeys }
  for await (const rows of readPages<StoredValue>(client, select, [tenant])) {
    for (const row of rows) {
      const text = await unwrapDataKey(scope, row)
        .then((key) => openText(key, valuePlace(scope, row), row.sealed))
        .catch(nullIfDamaged)
      yield { owner: row.owner, field: row.field, text }
    }
  }
}

const nullIfDamaged = (error: unknown) => {
  if (error instanceof SealError) return null
  throw error
}

interface StoredValue extends SealedField {
  sealed: Buffer
  wrapped: Buffer
  generation: number
}

const select = `
  select v.owner_id as owner, v.field, v.sealed, k.wrapped, k.key_generation as generation
  from sealed_value v join data_key k on k.owner_id = v.owner_id and k.tenant = v.tenant and k.wrapped is not null
  where v.tenant = $1
  order by v.owner_id, v.field`
