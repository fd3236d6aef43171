import type pg from 'pg'
import type { MasterKeys, Wrapped } from './master-keys.js'
import { secretContext, tenantKeyContext } from './wrapping-context.js'

type Row = Wrapped & { tenant: string; generation: number | null; purpose: string | null }

// One of what each master key has wrapped is enough to tell whether it is the right one.
const oneOfEach = `
  select distinct on (master_key_id) * from (
    select tenant, generation, null as purpose, wrapped, master_key_id, master_key_id as "masterKeyId"
    from tenant_key
    union all
    select tenant, null, purpose, wrapped, master_key_id, master_key_id from tenant_secret
  ) as wrapped order by master_key_id`

type System = Pick<pg.Pool, 'query'>

/** Throws Unavailable `keys.master` unless there is a master key, and it opens what is stored. Resolves with the id of the current one. */
export const checkMasterKeys = async (service: string, system: System, masterKeys: MasterKeys): Promise<string> => {
  const { masterKeyId } = await masterKeys.wrap(Buffer.alloc(1), 'check')
  for (const row of await wrappedKeys(system)) {
    const context =
      row.generation === null
        ? secretContext(service, row.tenant, row.purpose as string)
        : tenantKeyContext(service, row.tenant, row.generation)
    await masterKeys.unwrap(row, context)
  }
  return masterKeyId
}

const wrappedKeys = async (system: System) => {
  try {
    return (await system.query<Row>(oneOfEach)).rows
  } catch (error) {
    // Before the migrations there is nothing to open; that they are missing is told by the check of the schema.
    if (['42P01', '42501'].includes((error as { code?: string }).code ?? '')) return []
    throw error
  }
}
