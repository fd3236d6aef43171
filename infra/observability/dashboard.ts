interface Panel {
  title: string
  unit: 's' | 'short' | 'reqps' | 'percentunit'
  expr: string
  legend: string
}

const p95 = (series: string, by: string) =>
  `histogram_quantile(0.95, sum by (le, ${by}) (rate(${series}_bucket[$__rate_interval])))`
const rate = (series: string, by: string) => `sum by (${by}) (rate(${series}[$__rate_interval]))`
const most = (series: string, by: string) => `max by (${by}) (${series})`

/** Rows of panels, from what clients notice to what lies below it. */
const rows: readonly { title: string; panels: readonly Panel[] }[] = [
  {
    title: 'Clients',
    panels: [
      {
        title: 'Requests by outcome',
        unit: 'reqps',
        expr: rate('clientele_gateway_request_duration_seconds_count', 'outcome'),
        legend: '{{outcome}}',
      },
      {
        title: 'p95 of requests',
        unit: 's',
        expr: p95('clientele_gateway_request_duration_seconds', 'operation'),
        legend: '{{operation}}',
      },
      {
        title: 'Requests by operation',
        unit: 'reqps',
        expr: rate('clientele_gateway_operation_duration_seconds_count', 'name'),
        legend: '{{name}}',
      },
      {
        title: 'p95 by operation',
        unit: 's',
        expr: p95('clientele_gateway_operation_duration_seconds', 'name'),
        legend: '{{name}}',
      },
      {
        title: 'Refused, by reason',
        unit: 'reqps',
        expr: rate('clientele_gateway_refused_total', 'reason'),
        legend: '{{reason}}',
      },
      {
        title: 'p95 of fetches',
        unit: 's',
        expr: p95('clientele_gateway_fetch_duration_seconds', 'subgraph'),
        legend: '{{subgraph}}',
      },
    ],
  },
  {
    title: 'Events',
    panels: [
      {
        title: 'Oldest event in an outbox',
        unit: 's',
        expr: most('clientele_outbox_oldest_age_seconds', 'service'),
        legend: '{{service}}',
      },
      {
        title: 'Waiting for a consumer',
        unit: 'short',
        expr: most('clientele_consumer_pending_events', 'consumer'),
        legend: '{{consumer}}',
      },
      {
        title: 'Given again by the stream',
        unit: 'short',
        expr: most('clientele_consumer_redelivered_events', 'consumer'),
        legend: '{{consumer}}',
      },
      {
        title: 'p95 from event to effect',
        unit: 's',
        expr: p95('clientele_consumer_delay_seconds', 'service'),
        legend: '{{service}}',
      },
      {
        title: 'Dead letters',
        unit: 'short',
        expr: most('clientele_dead_letters', 'service'),
        legend: '{{service}}',
      },
      {
        title: 'Webhooks of the last hour',
        unit: 'short',
        expr: most('clientele_webhook_deliveries_of_last_hour', 'outcome, reason'),
        legend: '{{outcome}} {{reason}}',
      },
    ],
  },
  {
    title: 'Below',
    panels: [
      {
        title: 'p95 of statements',
        unit: 's',
        expr: p95('clientele_statement_duration_seconds', 'service, pool'),
        legend: '{{service}} {{pool}}',
      },
      {
        title: 'Rows imported',
        unit: 'short',
        expr: rate('clientele_import_rows_total', 'what, outcome'),
        legend: '{{what}} {{outcome}}',
      },
      {
        title: 'Waiting for a connection',
        unit: 'short',
        expr: most('clientele_database_connections{state="waiting"}', 'service, pool'),
        legend: '{{service}} {{pool}}',
      },
      {
        title: 'Rounds of jobs that fail',
        unit: 'reqps',
        expr: rate('clientele_job_duration_seconds_count{outcome="failed"}', 'job'),
        legend: '{{job}}',
      },
      {
        title: 'p99 of the event loop',
        unit: 's',
        expr: most('nodejs_eventloop_lag_p99_seconds', 'instance'),
        legend: '{{instance}}',
      },
      {
        title: 'Memory of a process',
        unit: 'short',
        expr: most('process_resident_memory_bytes', 'instance'),
        legend: '{{instance}}',
      },
    ],
  },
]

const height = 8
const heading = 1
const datasource = { type: 'prometheus', uid: '$datasource' }

const panelOf = ({ title, unit, expr, legend }: Panel, at: number, y: number) => ({
  type: 'timeseries',
  title,
  datasource,
  gridPos: { h: height, w: 12, x: 12 * (at % 2), y: y + height * Math.floor(at / 2) },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: [{ refId: 'A', datasource, expr, legendFormat: legend }],
})

const panels = () => {
  let y = 0
  return rows.flatMap((row) => {
    const top = y
    y += heading + height * Math.ceil(row.panels.length / 2)
    const title = { type: 'row', title: row.title, gridPos: { h: heading, w: 24, x: 0, y: top }, panels: [] }
    return [title, ...row.panels.map((panel, at) => panelOf(panel, at, top + heading))]
  })
}

/** A dashboard as Grafana imports it. */
export const dashboard = {
  uid: 'clientele',
  title: 'Clientele',
  tags: ['clientele'],
  schemaVersion: 39,
  timezone: 'browser',
  time: { from: 'now-6h', to: 'now' },
  refresh: '1m',
  templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
  panels: panels().map((panel, at) => ({ id: at + 1, ...panel })),
}
