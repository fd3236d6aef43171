import type { Job } from '@clientele/kit'
import { moveByTime } from './time.actions.js'

const tenantsPerRound = 100

/** Moves customers between segments when their moment has come ("bought within 90 days"), a second late at most; after downtime at once. */
export const followTime: Job = {
  name: 'segmentation-follow-time',
  everyMs: 1_000,
  run: async ({ system, forTenant, now, setAside }) => {
    const { rows } = await system.query<{ tenant: string }>(
      'select tenant from segment_clock where due_at <= $1 and tenant <> all($2) order by due_at limit $3',
      [now(), setAside.ids(), tenantsPerRound],
    )
    for (const { tenant } of rows) {
      await moveByTime(forTenant(tenant)).catch((error: unknown) => setAside.add(tenant, error, { tenant }))
    }
    return rows.length
  },
}
