import { burnAlertsOf, objectives, type Rule, recordsOf, runbookOf } from './slo.ts'

const alert = (
  name: string,
  severity: 'page' | 'ticket',
  { expr, lasts, summary }: { expr: string; lasts: string; summary: string },
): Rule => ({
  alert: name,
  expr,
  for: lasts,
  labels: { severity },
  annotations: { summary, runbook: runbookOf(name) },
})

const fetches = (outcome = '') =>
  `sum by (subgraph) (rate(clientele_gateway_fetch_duration_seconds_count${outcome}[5m]))`
const rounds = (outcome: string) =>
  `sum by (service, job) (increase(clientele_job_duration_seconds_count{outcome="${outcome}"}[30m])) > 0`

/** What somebody has to look at. States are told by each replica alike, so their greatest counts. */
const states: readonly Rule[] = [
  alert('ClienteleNotMeasured', 'page', {
    expr: 'absent(clientele_gateway_heavy_requests_waiting)',
    lasts: '5m',
    summary: 'No gateway is measured: none runs, or Prometheus does not reach it',
  }),
  alert('ClienteleSubgraphAway', 'page', {
    expr: `${fetches('{outcome=~"away|given_up"}')} / ${fetches()} > 0.05`,
    lasts: '5m',
    summary: 'More than 5 % of the fetches from {{ $labels.subgraph }} get no answer',
  }),
  alert('ClienteleOutboxStuck', 'page', {
    expr: 'max by (service) (clientele_outbox_oldest_age_seconds) > 60',
    lasts: '5m',
    summary: 'Events of {{ $labels.service }} do not leave its outbox',
  }),
  alert('ClienteleConsumerStuck', 'page', {
    expr: 'max by (service, consumer) (clientele_consumer_pending_events) > 0 unless on (service, consumer) sum by (service, consumer) (increase(clientele_consumer_events_total{outcome="handled"}[15m])) > 0',
    lasts: '15m',
    summary: 'Events wait for {{ $labels.consumer }}, which handles none',
  }),
  alert('ClienteleEventsParked', 'ticket', {
    expr: 'max by (service) (clientele_parked_events) > 0',
    lasts: '30m',
    summary:
      'Consumers of {{ $labels.service }} have put {{ $value }} events aside, and are not done with them for half an hour',
  }),
  alert('ClienteleDeadLetters', 'ticket', {
    expr: 'max by (service) (clientele_dead_letters) > 0',
    lasts: '5m',
    summary: 'Consumers of {{ $labels.service }} have given up {{ $value }} events',
  }),
  alert('ClienteleConnectionsShort', 'ticket', {
    expr: 'max by (service, pool) (clientele_database_connections{state="waiting"}) > 0',
    lasts: '10m',
    summary: 'Work of {{ $labels.service }} waits for connections of {{ $labels.pool }}',
  }),
  alert('ClienteleJobFails', 'ticket', {
    expr: `${rounds('failed')} unless ${rounds('ok')}`,
    lasts: '15m',
    summary: 'Every round of {{ $labels.job }} fails',
  }),
  alert('ClienteleWebhooksStuck', 'ticket', {
    expr: 'max(clientele_webhook_oldest_due_age_seconds) > 300',
    lasts: '5m',
    summary: 'Webhooks for endpoints that work are not sent',
  }),
  alert('ClienteleEventLoopSlow', 'ticket', {
    expr: 'max by (instance) (nodejs_eventloop_lag_p99_seconds) > 0.5',
    lasts: '10m',
    summary: 'The process at {{ $labels.instance }} is busy for half a second at a time',
  }),
  alert('ClienteleKeysOld', 'ticket', {
    expr: `max by (service) (clientele_tenant_key_oldest_age_seconds) > ${365 * 86_400}`,
    lasts: '1h',
    summary: 'A tenant of {{ $labels.service }} has had the same key for a year',
  }),
]

/** All rules, as a file of Prometheus has them. */
export const rules = {
  groups: [
    { name: 'clientele-objectives', interval: '1m', rules: objectives.flatMap(recordsOf) },
    { name: 'clientele-burn-rates', rules: objectives.flatMap(burnAlertsOf) },
    { name: 'clientele-states', rules: states },
  ],
}
