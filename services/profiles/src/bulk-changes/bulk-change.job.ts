import type { Job, JobContext } from '@clientele/kit'
import pLimit from 'p-limit'
import { ownSettingsOf } from '../config.js'
import { goOn } from './bulk-batch.js'

const tenantsAbreast = 4
const dayMs = 86_400_000

/** A bulk change of each tenant, that which had its turn longest ago. */
const next = `
  select distinct on (tenant) tenant, id from bulk_change
  where ended_at is null and id <> all($1::uuid[]) order by tenant, turn_at`

/** Goes on with bulk changes: a batch of one of each tenant in a round, so that none waits for what another does. */
export const carryOutBulkChanges: Job = {
  name: 'profiles-carry-out-bulk-changes',
  everyMs: 1_000,
  run: async (ctx) => {
    const { rows } = await ctx.system.query<{ tenant: string; id: string }>(next, [ctx.setAside.ids()])
    const inTurn = pLimit(tenantsAbreast)
    const done = await Promise.all(rows.map((row) => inTurn(() => turnOf(ctx, row))))
    return done.reduce((sum, count) => sum + count, 0)
  },
}

const turnOf = async (ctx: JobContext, { tenant, id }: { tenant: string; id: string }): Promise<number> => {
  if (ctx.signal.aborted) return 0
  try {
    await ctx.system.query('update bulk_change set turn_at = clock_timestamp() where tenant = $1 and id = $2', [
      tenant,
      id,
    ])
    return await goOn(ctx.forTenant(tenant), id)
  } catch (error) {
    ctx.setAside.add(id, error, { tenant, bulkChange: id })
    return 0
  }
}

/** Forgets bulk changes, and with them what they say of single customers, once they are as old as they get. */
export const forgetBulkChanges: Job = {
  name: 'profiles-forget-bulk-changes',
  everyMs: 3_600_000,
  run: async ({ system, now, settings }) => {
    const before = new Date(now().getTime() - ownSettingsOf({ settings }).BULK_CHANGE_DAYS * dayMs)
    const { rowCount } = await system.query(
      `delete from bulk_change where (tenant, id) in
         (select tenant, id from bulk_change where ended_at < $1 limit 20)`,
      [before],
    )
    return rowCount ?? 0
  },
}
