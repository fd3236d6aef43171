import type { Job } from '@clientele/kit'
import { workReassignmentDays } from '../config.js'

const dayMs = 86_400_000
const batch = 1_000

/** Forgets reassignments, and with them who acted with which rights, once they have ended for as long as they are kept. */
export const forgetReassignments: Job = {
  name: 'interactions-forget-work-reassignments',
  everyMs: 3_600_000,
  run: async ({ system, now, settings }) => {
    const before = new Date(now().getTime() - workReassignmentDays(settings) * dayMs)
    const { rowCount } = await system.query(
      `delete from work_reassignment where (tenant, id) in
         (select tenant, id from work_reassignment where ended_at < $1 limit $2)`,
      [before, batch],
    )
    return rowCount ?? 0
  },
}
