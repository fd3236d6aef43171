import type pg from 'pg'
import { openText } from './cipher.js'
import { unwrapDataKey } from './data-keys.js'
import type { MasterKeys } from './master-keys.js'
import { type SealedField, valuePlace } from './sealed-values.js'
import { createTenantKeys } from './tenant-keys.js'

const perPage = 1_000

interface Options {
  service: string
  tenant: string
  masterKeys: MasterKeys
  /** In a transaction, as somebody who sees the rows of this tenant, keys included. */
  client: Pick<pg.Pool, 'query'>
}

/** Every sensitive value of a tenant in one service, in clear: for the tenant who leaves. */
export async function* openAllValues({
  service,
  tenant,
  masterKeys,
  client,
}: Options): AsyncGenerator<SealedField & { text: string }> {
  const tenantKeys = createTenantKeys({ service, system: client, masterKeys })
  const scope = { service, tenant, tenantKeys }
  await client.query(`declare sealed no scroll cursor for ${select}`, [tenant])
  for (;;) {
    const { rows } = await client.query<StoredValue>(`fetch ${perPage} from sealed`)
    if (!rows.length) break
    for (const row of rows) {
      const key = await unwrapDataKey(scope, row)
      yield { owner: row.owner, field: row.field, text: openText(key, valuePlace(scope, row), row.sealed) }
    }
  }
  await client.query('close sealed')
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
