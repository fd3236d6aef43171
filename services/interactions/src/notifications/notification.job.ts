import type { Job } from '@clientele/kit'
import { notificationDays } from '../config.js'

const day = 86_400_000
const batch = 5_000

/** Forgets notifications once they are as old as they get. */
export const forgetNotifications: Job = {
  name: 'interactions-forget-notifications',
  everyMs: 60 * 60 * 1_000,
  run: async ({ system, now, settings }) => {
    const before = new Date(now().getTime() - notificationDays(settings) * day)
    const { rowCount } = await system.query(
      `delete from notification where (tenant, id) in
         (select tenant, id from notification where created_at < $1 limit $2)`,
      [before, batch],
    )
    return rowCount ?? 0
  },
}
