import type pg from 'pg'
import type { MasterKeys, Wrapped } from './master-keys.js'
import { secretContext, tenantKeyContext } from './wrapping-context.js'

const perStatement = 100

/**
 * Wraps with the current master key whatever is wrapped with another one: tenants' keys and lasting secrets. Calls `progress` with how many
 * are done so far; may be stopped anywhere and run again. Returns how many it wrapped anew.
 */
export const rewrapWithMasterKey = async (
  service: string,
  system: pg.Pool,
  masterKeys: MasterKeys,
  progress: (done: number) => void = () => {},
): Promise<number> => {
  const { masterKeyId: current } = await masterKeys.wrap(Buffer.alloc(1), 'check')
  let done = 0
  for (const table of tables) {
    for (;;) {
      const { rows } = await system.query<Wrapped & { tenant: string; name: string }>(
        `select tenant, ${table.name} as name, wrapped, master_key_id as "masterKeyId"
         from ${table.from} where master_key_id <> $1 limit ${perStatement}`,
        [current],
      )
      if (!rows.length) break
      for (const row of rows) {
        const context = table.context(service, row.tenant, row.name)
        const anew = await masterKeys.wrap(await masterKeys.unwrap(row, context), context)
        await system.query(
          `update ${table.from} set wrapped = $1, master_key_id = $2 where tenant = $3 and ${table.name}::text = $4 and wrapped = $5`,
          [anew.wrapped, anew.masterKeyId, row.tenant, String(row.name), row.wrapped],
        )
        done++
      }
      progress(done)
    }
  }
  return done
}

const tables = [
  {
    from: 'tenant_key',
    name: 'generation',
    context: (service: string, tenant: string, name: string) => tenantKeyContext(service, tenant, Number(name)),
  },
  { from: 'tenant_secret', name: 'purpose', context: secretContext },
]
