import type { LoadReport } from '../report.js'
import { chartOf } from './chart.js'
import { pageOf } from './page.js'

const figures = { requestsPerSecond: 50, p50: 4, p95: 9, p99: 12, failures: 0.01 }

const report: LoadReport = {
  ...{ scenario: 'mixed-day', summary: 'reads & <writes>', runner: 'clientele', model: { perSecond: 50 }, seconds: 60 },
  ...{ at: '2026-03-01T00:00:00.000Z', machine: { platform: 'linux x64', cores: 2, loadAverage: 1 }, customers: 2_000 },
  ...{ requests: 3_000, notBegun: 0, figures, operations: [{ operation: 'Customer360', requests: 3_000, ...figures }] },
  reasons: { 'CONFLICT <b>': 30 },
  spent: {
    ...{ serverMs: 2, postgresMs: 1, serverCores: 0.1, postgresCores: 0.05 },
    ...{ publishedPerSecond: 3, handledPerSecond: 9 },
  },
  beside: undefined,
  limits: [{ name: 'failed requests', limit: 'at most 0', measured: 0.01, met: false }],
  soak: [{ name: 'memory (RSS)', limit: 'grows by at most 10 MB', measured: '1 MB', met: true }],
  timeline: [
    { at: 0.5, ...figures },
    { at: 1.5, ...figures, p99: 40 },
  ],
  held: [
    { at: 0, rss: 300e6, heap: 90e6, connections: 40 },
    { at: 5, rss: 310e6, heap: undefined, connections: 41 },
  ],
}

test('a page has the limits, the operations, what failed and a chart of each thing that was seen', () => {
  const page = pageOf(report)
  expect(page).toContain('<td class="missed">missed</td>')
  expect(page).toContain('<td class="met">met</td>')
  expect(page).toContain('<td>Customer360</td><td>3,000</td><td>50.0</td>')
  expect(page.match(/<svg /g)).toHaveLength(5)
  expect(page).not.toContain('Events that wait')
})

test('a page needs nothing else, and shows text as text', () => {
  const page = pageOf(report)
  expect(page).not.toMatch(/<script|<link|https?:|src=/)
  expect(page).toContain('reads &amp; &lt;writes&gt;')
  expect(page).toContain('CONFLICT &lt;b&gt;')
})

test('a chart begins at nothing and ends at a round number; a value that is not known leaves a gap', () => {
  const points = [3, undefined, 97, 50].map((value, index) => ({ at: index * 10, value }))
  const svg = chartOf({ title: 'Events', unit: '', series: [{ name: 'waiting', points }] })
  const labels = [...svg.matchAll(/text-anchor="end">([^<]+)</g)].map(([, label]) => label)
  expect([labels[0], labels.at(-1)]).toEqual(['0', '100'])
  expect(svg.match(/ d="([^"]+)"/)![1]!.match(/M/g)).toHaveLength(2)
  expect(
    chartOf({ title: 'Nothing', unit: '', series: [{ name: 'none', points: [{ at: 0, value: undefined }] }] }),
  ).toBe('')
})
