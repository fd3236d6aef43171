import { inboxDays, outboxDays } from '../events/retention.js'
import type { Job } from './job.js'

const rowsPerStatement = 5_000

// What is not published yet has not expired, however old it is.
const expired = [
  ['outbox', 'position', `stream_seq is not null and created_at < now() - interval '${outboxDays} days'`],
  ['inbox', 'ctid', `handled_at < now() - interval '${inboxDays} days'`],
  ['idempotency_key', 'ctid', `created_at < now() - interval '24 hours'`],
] as const

/** Removes what nobody needs any more from the kit's own tables, in small statements. */
export const housekeeping = (service: string): Job => ({
  name: `${service}-housekeeping`,
  everyMs: 10 * 60_000,
  run: async ({ system }) => {
    let removed = 0
    for (const [table, key, condition] of expired) {
      const { rowCount } = await system.query(
        `delete from ${table} where ${key} in (select ${key} from ${table} where ${condition} limit ${rowsPerStatement})`,
      )
      removed += rowCount ?? 0
    }
    return removed
  },
})
