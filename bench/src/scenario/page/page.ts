import type { Figures } from '@clientele/k6'
import { machineLine } from '../../report/machine.js'
import type { LoadReport } from '../report.js'
import { modelText } from '../table.js'
import type { Held } from '../watch.js'
import { type Chart, chartOf } from './chart.js'
import { escaped } from './escaped.js'
import { style } from './style.js'

/** A report as one page of HTML that needs nothing else. */
export const pageOf = (report: LoadReport): string => {
  const { scenario, summary, seconds, model, at, customers } = report
  const facts = [
    `${modelText(model)}, ${seconds} s`,
    [machineLine(report.machine), customers && `${customers.toLocaleString('en')} customers`, at]
      .filter(Boolean)
      .join(' · '),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${scenario}, ${at}`)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(scenario)}</h1>
<p>${escaped(summary)}</p>
${facts.map((fact) => `<p>${escaped(fact)}</p>`).join('\n')}
${verdicts(report)}
${operations(report)}
${reasons(report)}
<h2>Along the run</h2>
<div class="charts">
${charts(report).map(chartOf).filter(Boolean).join('\n')}
</div>
</body>
</html>
`
}

const table = (head: readonly string[], rows: readonly string[]) =>
  `<div class="table"><table>\n<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n${rows.join('\n')}\n</table></div>`

const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`

const verdicts = ({ limits, soak }: LoadReport) => {
  const all = [...limits.map((each) => ({ ...each, measured: each.measured.toFixed(3) })), ...soak]
  if (!all.length) return ''
  const rows = all.map(
    ({ name, limit, measured, met }) =>
      `<tr>${[name, limit, measured].map((cell) => `<td class="text">${escaped(cell)}</td>`).join('')}<td class="${met ? 'met' : 'missed'}">${met ? 'met' : 'missed'}</td></tr>`,
  )
  return `<h2>Limits</h2>\n${table(['', 'limit', 'measured', ''], rows)}`
}

const cells = (name: string, requests: number | undefined, { requestsPerSecond, p50, p95, p99, failures }: Figures) => [
  ...[name, requests?.toLocaleString('en') ?? '', requestsPerSecond.toFixed(1)],
  ...[p50.toFixed(1), p95.toFixed(1), p99.toFixed(1), failures ? `${(failures * 100).toFixed(2)} %` : '0'],
]

const operations = (report: LoadReport) => {
  const { beside } = report
  const rows = [
    ...report.operations.map((each) => cells(each.operation, each.requests, each)),
    cells('all', report.requests, report.figures),
    ...(beside ? [cells('all, beside an import', undefined, beside.beside)] : []),
  ]
  const head = ['operation', 'requests', 'a second', 'p50 ms', 'p95 ms', 'p99 ms', 'failed']
  return `<h2>Operations</h2>\n${table(head, rows.map(row))}`
}

const reasons = ({ reasons, notBegun }: LoadReport) => {
  const told = Object.entries(reasons).map(([reason, count]) => row([reason, String(count)]))
  if (notBegun) told.push(row(['not begun, as too many were under way', String(notBegun)]))
  return told.length ? `<h2>What failed</h2>\n${table(['reason', 'requests'], told)}` : ''
}

const charts = ({ timeline, held }: LoadReport): Chart[] => {
  const along = (name: string, value: (figures: Figures) => number) => ({
    name,
    points: timeline.map((stretch) => ({ at: stretch.at, value: value(stretch) })),
  })
  const holding = (name: string, figure: keyof Held, scale = 1) => ({
    name,
    points: held.map((each) => ({ at: each.at, value: each[figure] === undefined ? undefined : each[figure] / scale })),
  })
  return [
    { title: 'Requests', unit: 'a second', series: [along('ended', (each) => each.requestsPerSecond)] },
    {
      ...{ title: 'Latency', unit: 'ms' },
      series: [along('p50', ({ p50 }) => p50), along('p95', ({ p95 }) => p95), along('p99', ({ p99 }) => p99)],
    },
    { title: 'Failed', unit: '% of requests', series: [along('failed', ({ failures }) => failures * 100)] },
    {
      ...{ title: 'Memory of the platform', unit: 'MB' },
      series: [holding('RSS', 'rss', 1e6), holding('JavaScript heap', 'heap', 1e6)],
    },
    {
      ...{ title: 'Connections and handles', unit: '' },
      series: [
        holding('connections to PostgreSQL', 'connections'),
        holding('waiting for one', 'waiting'),
        holding('open files and sockets', 'files'),
      ],
    },
    {
      ...{ title: 'Events that wait', unit: '' },
      series: [holding('not in the stream yet', 'outbox'), holding('not handled yet', 'pending')],
    },
  ]
}
