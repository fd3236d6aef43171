import type { Figures } from '@clientele/k6'
import { aligned } from '../report/aligned.js'
import { machineLine } from '../report/machine.js'
import type { Model } from './arrivals.js'
import type { LoadReport, Spent } from './report.js'

/** The report as a person reads it. */
export const tableOf = (report: LoadReport): string => {
  const { scenario, summary, model, seconds, machine, customers, operations, figures, requests } = report
  return [
    `${scenario}: ${summary}`,
    `${modelText(model)}, ${seconds} s`,
    ...(customers === undefined ? [] : [`seed: ${customers.toLocaleString('en')} customers, 20 tenants`]),
    machineLine(machine),
    '',
    ...aligned([
      ['operation', 'requests', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed'],
      ...operations.map((each) => [each.operation, ...cells(each.requests, each)]),
      ['all', ...cells(requests, figures)],
    ]),
    ...Object.entries(report.reasons).map(([reason, count]) => `failed: ${count} × ${reason}`),
    ...(report.notBegun ? [`not begun, as too many were under way: ${report.notBegun}`] : []),
    '',
    ...spentLines(report.spent),
    ...besideLines(report),
    ...verdictLines(report),
  ].join('\n')
}

export const modelText = (model: Model): string =>
  'clients' in model
    ? `${model.clients} clients, ${model.thinkSeconds} s to think`
    : `${model.perSecond} actions a second, however long answers take`

const cells = (requests: number, { requestsPerSecond, p50, p95, p99, failures }: Figures) => [
  ...[requests.toLocaleString('en'), requestsPerSecond.toFixed(1), p50.toFixed(1), p95.toFixed(1), p99.toFixed(1)],
  failures ? `${(failures * 100).toFixed(2)} %` : '0',
]

const spentLines = (spent: Spent) => {
  const { serverMs, postgresMs, serverCores, postgresCores, publishedPerSecond, handledPerSecond } = spent
  const told = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? 'unknown'
  return [
    `CPU a request: server ${told(serverMs, 2)} ms, PostgreSQL ${told(postgresMs, 2)} ms; processors busy: ${told(serverCores, 2)} and ${told(postgresCores, 2)}`,
    `events a second: ${told(publishedPerSecond, 1)} into the stream, ${told(handledPerSecond, 1)} handled`,
  ]
}

const besideLines = ({ beside }: LoadReport) => {
  if (!beside) return []
  const { imported } = beside
  return [
    '',
    ...aligned([
      ['reads', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed'],
      ['alone', ...cells(0, beside.alone).slice(1)],
      ['beside an import', ...cells(0, beside.beside).slice(1)],
    ]),
    `imported meanwhile: ${imported.created.toLocaleString('en')} customers in ${imported.seconds.toFixed(1)} s, ${(imported.created / imported.seconds).toFixed(0)} a second`,
  ]
}

const verdictLines = ({ limits, soak }: LoadReport) => {
  const rows = [
    ...limits.map(({ name, limit, measured, met }) => [name, limit, measured.toFixed(3), met ? 'met' : 'missed']),
    ...soak.map(({ name, limit, measured, met }) => [name, limit, measured, met ? 'met' : 'missed']),
  ]
  return rows.length ? ['', ...aligned([['', 'limit', 'measured', ''], ...rows])] : []
}
