/** A rule of Prometheus: what is recorded, or an alert. */
export type Rule =
  | { record: string; expr: string; labels?: Record<string, string> }
  | {
      alert: string
      expr: string
      for?: string
      labels: { severity: 'page' | 'ticket' }
      annotations: { summary: string; runbook: string }
    }

/** What is promised: how large a share of all may be bad in 30 days, and how both are counted over a window. */
interface Objective {
  name: string
  alert: string
  budget: number
  summary: string
  bad(window: string): string
  all(window: string): string
  /** Labels that have an objective each. */
  by?: string
}

const requests = 'clientele_gateway_request_duration_seconds'
const operations = 'clientele_gateway_operation_duration_seconds'
const sum = (series: string, window: string, by?: string) =>
  `sum${by ? ` by (${by})` : ''} (rate(${series}[${window}]))`

export const objectives: readonly Objective[] = [
  {
    name: 'requests_failed',
    alert: 'ClienteleRequestsFail',
    budget: 0.001,
    summary: 'More requests fail than 99.9 % availability allows',
    bad: (window) => sum(`${requests}_count{outcome=~"INTERNAL|UNAVAILABLE"}`, window),
    all: (window) => sum(`${requests}_count`, window),
  },
  {
    name: 'queries_slow',
    alert: 'ClienteleQueriesSlow',
    budget: 0.05,
    summary: 'More than 5 % of queries take longer than half a second',
    bad: (window) =>
      `${sum(`${requests}_count{operation="query",outcome="OK"}`, window)} - ${sum(`${requests}_bucket{operation="query",outcome="OK",le="0.5"}`, window)}`,
    all: (window) => sum(`${requests}_count{operation="query",outcome="OK"}`, window),
  },
  {
    name: 'customer_360_slow',
    alert: 'ClienteleCustomer360Slow',
    budget: 0.05,
    summary: 'More than 5 % of the 360° reads take longer than a quarter of a second',
    bad: (window) =>
      `${sum(`${operations}_count{name="Customer360",outcome="OK"}`, window)} - ${sum(`${operations}_bucket{name="Customer360",outcome="OK",le="0.25"}`, window)}`,
    all: (window) => sum(`${operations}_count{name="Customer360",outcome="OK"}`, window),
  },
  {
    name: 'events_late',
    alert: 'ClienteleEventsLate',
    budget: 0.01,
    summary: 'More than 1 % of the events of {{ $labels.service }} take longer than 30 seconds',
    by: 'service',
    bad: (window) =>
      `${sum('clientele_consumer_delay_seconds_count', window, 'service')} - ${sum('clientele_consumer_delay_seconds_bucket{le="30"}', window, 'service')}`,
    all: (window) => sum('clientele_consumer_delay_seconds_count', window, 'service'),
  },
]

/** A budget of 30 days that is spent so many times too fast, over a long window and still over the short one. */
const burns = [
  { factor: 14.4, long: '1h', short: '5m', severity: 'page' },
  { factor: 6, long: '6h', short: '30m', severity: 'page' },
  { factor: 3, long: '1d', short: '2h', severity: 'ticket' },
  { factor: 1, long: '3d', short: '6h', severity: 'ticket' },
] as const

const recordOf = ({ name }: Objective, window: string) => `clientele:${name}:ratio_rate${window}`

const windows = [...new Set(burns.flatMap(({ short, long }) => [short, long]))]

export const recordsOf = (objective: Objective): Rule[] =>
  windows.map((window) => ({
    record: recordOf(objective, window),
    expr: `(${objective.bad(window)}) / (${objective.all(window)})`,
  }))

export const burnAlertsOf = (objective: Objective): Rule[] =>
  (['page', 'ticket'] as const).map((severity) => ({
    alert: objective.alert,
    expr: burns
      .filter((burn) => burn.severity === severity)
      .map(({ factor, long, short }) => {
        const most = Number((factor * objective.budget).toPrecision(6))
        return `(${recordOf(objective, long)} > ${most} and ${recordOf(objective, short)} > ${most})`
      })
      .join(' or '),
    labels: { severity },
    annotations: { summary: objective.summary, runbook: runbookOf(objective.alert) },
  }))

export const runbookOf = (alert: string) => `docs/runbooks/alerts.md#${alert.toLowerCase()}`
