import type pg from 'pg'
import { readWaiting } from '../metrics/service-state.js'
import { counted, type Report } from './finding.js'

/** After how many seconds an event that has not left is told of. */
const late = 60

interface LeaseState {
  holders: number
  held: number
  expired: string[] | null
}

/** What waits in a service's database, and which processes do its work. Nothing before the first migration. */
export const checkWork = async (report: Report, client: pg.Client) => {
  const { rows: there } = await client.query(
    `select to_regclass('public.lease') is not null and to_regclass('public.parked_event') is not null as "isThere"`,
  )
  if (!there[0].isThere) return
  const { outbox, outboxAge, deadLetters, parked } = await readWaiting(client)
  const backlog = `${counted(outbox, 'event')} not in the stream yet, the oldest for ${Math.round(outboxAge)} s`
  if (outboxAge > late) report.warning('outbox', backlog, 'docs/runbooks/alerts.md, ClienteleOutboxStuck.')
  else report.ok('outbox', outbox ? backlog : 'every event is in the stream')
  if (deadLetters) {
    report.warning(
      'deadletters',
      `${counted(deadLetters, 'event')} given up`,
      'clientele deadletters list, then replay.',
    )
  } else report.ok('deadletters', 'none')
  if (parked) report.warning('parked', `${counted(parked, 'event')} to be tried again`, 'docs/runbooks/nats.md.')
  const { rows } = await client.query<LeaseState>(
    `select count(distinct holder) filter (where expires_at > clock_timestamp())::int as holders,
       count(*) filter (where expires_at > clock_timestamp())::int as held,
       array_agg(name order by name) filter (where expires_at <= clock_timestamp() and expires_at > '-infinity') as expired
     from lease where name not like 'keys of %'`,
  )
  const { holders, held, expired } = rows[0]!
  if (expired?.length) {
    const remedy =
      'Does a process of this service run with BACKGROUND=on? docs/runbooks/database.md, who does the work.'
    report.warning(
      'leases',
      `${held} are held; nobody renews ${expired.length}: ${expired.slice(0, 5).join(', ')}`,
      remedy,
    )
  } else report.ok('leases', held ? `${held} are held by ${counted(holders, 'replica')}` : 'none is held: nothing runs')
}
