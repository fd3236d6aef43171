import type { Job } from '@clientele/kit'
import { webhookSettings } from '../config.js'

const day = 24 * 60 * 60 * 1000
const batch = 5_000

/** Forgets deliveries, with their attempts, that are older than the log is kept. */
export const forgetDeliveries: Job = {
  name: 'integrations-forget-deliveries',
  everyMs: 60 * 60 * 1000,
  run: async ({ system, now, settings }) => {
    const before = new Date(now().getTime() - webhookSettings(settings).WEBHOOK_LOG_DAYS * day)
    const { rowCount } = await system.query(
      `delete from delivery where (tenant, id) in
         (select tenant, id from delivery where created_at < $1 limit $2)`,
      [before, batch],
    )
    return rowCount ?? 0
  },
}
