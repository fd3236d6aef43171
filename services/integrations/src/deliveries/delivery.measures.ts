import type { Measure } from '@clientele/kit'

export const deliveryMeasures: readonly Measure[] = [
  {
    name: 'clientele_webhook_deliveries_of_last_hour',
    help: 'Deliveries that were queued in the last hour, by what has become of them, and why the last attempt failed',
    labels: ['outcome', 'reason'],
    sql: `select status as outcome, last_error as reason, count(*)::int as value from delivery
      where created_at > now() - interval '1 hour' group by 1, 2`,
  },
  {
    name: 'clientele_webhook_oldest_due_age_seconds',
    help: 'How long the delivery has been due that has waited longest for an endpoint that works',
    sql: `select coalesce(extract(epoch from now() - min(due.next_at)), 0)::float8 as value
      from webhook_endpoint e cross join lateral (
        select next_at from delivery d
        where d.tenant = e.tenant and d.endpoint_id = e.id and d.status = 'PENDING' and d.next_at <= now()
        order by next_at limit 1) due
      where e.status = 'ACTIVE' and (e.paused_until is null or e.paused_until <= now())`,
  },
  {
    name: 'clientele_webhook_endpoints',
    help: 'Endpoints of all tenants, by status; FAILING has only failed since its last success',
    labels: ['status'],
    sql: 'select status, count(*)::int as value from webhook_endpoint group by 1',
  },
]
