import type { Measure } from '@clientele/kit'

const ofLastHour = `(b.ended_at is null or b.ended_at > now() - interval '1 hour')`

export const bulkChangeMeasures: readonly Measure[] = [
  {
    name: 'clientele_bulk_changes_running',
    help: 'Bulk changes that are going on or being undone',
    sql: 'select count(*)::int as value from bulk_change where ended_at is null',
  },
  {
    name: 'clientele_bulk_change_waiting_customers',
    help: 'Customers of those that are still to be changed, or to be undone',
    sql: `select coalesce(sum(case status when 'RUNNING' then total - changed - unchanged - refused
      else changed - undone - not_undone end), 0)::int as value from bulk_change where ended_at is null`,
  },
  {
    name: 'clientele_bulk_change_oldest_turn_age_seconds',
    help: 'How long the one of them that has waited longest has had no turn',
    sql: `select coalesce(extract(epoch from now() - min(turn_at)), 0)::float8 as value from bulk_change where ended_at is null`,
  },
  {
    name: 'clientele_bulk_change_customers_of_last_hour',
    help: 'Customers of bulk changes that go on or ended in the last hour, by what came of them and why',
    labels: ['outcome', 'reason'],
    sql: `select r.status as outcome, r.refusal ->> 'reason' as reason, count(*)::int as value
      from bulk_change b join bulk_change_row r on r.tenant = b.tenant and r.bulk_change_id = b.id
      where ${ofLastHour} and r.status <> 'PENDING' group by 1, 2`,
  },
]
