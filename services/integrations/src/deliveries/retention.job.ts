import type { Job } from '@clientele/kit'
import { webhookSettings } from '../config.js'

const day = 24 * 60 * 60 * 1000
const batch = 5_000

/** Forgets deliveries, with their attempts, once nothing has happened to them for as long as the log is kept; what waits is not forgotten. */
export const forgetDeliveries: Job = {
  name: 'integrations-forget-deliveries',
  everyMs: 60 * 60 * 1000,
  run: async ({ system, now, settings }) => {
    const at = now()
    const before = new Date(at.getTime() - webhookSettings(settings).WEBHOOK_LOG_DAYS * day)
    const { rowCount } = await system.query(
      `delete from delivery where (tenant, id) in
         (select tenant, id from delivery d
          where created_at < $1 and status <> 'PENDING' and (leased_until is null or leased_until <= $2)
            and not exists (
              select from delivery_attempt a where a.tenant = d.tenant and a.delivery_id = d.id and a.at >= $1
            )
          limit $3)`,
      [before, at, batch],
    )
    return rowCount ?? 0
  },
}
