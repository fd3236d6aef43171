import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { rules } from './alerts.ts'
import { dashboard } from './dashboard.ts'
import { files } from './files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (file: string) => readFileSync(`${root}${file}`, 'utf8')

const sources = execFileSync('git', ['ls-files', 'packages/kit/src', 'gateway/src', 'services'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /(\/metrics\/|\.measures\.)/.test(file) && file.endsWith('.ts') && !file.endsWith('.test.ts'))

const registry = new Registry()
collectDefaultMetrics({ register: registry })
afterAll(() => registry.clear())

/** What our processes tell, and what is recorded of it. */
const known = new Set([
  ...sources.flatMap((file) => [...textOf(file).matchAll(/'(clientele_[a-z_]+)'/g)].map(([, name]) => name!)),
  ...registry.getMetricsAsArray().map(({ name }) => name),
  ...rules.groups.flatMap(({ rules: each }) => each.flatMap((rule) => ('record' in rule ? [rule.record] : []))),
])

const namesIn = (expr: string) =>
  [...expr.matchAll(/\b(clientele[_:][\w:]+|nodejs_\w+|process_\w+)/g)].map(([, name]) =>
    name!.replace(/_(bucket|count|sum)$/, ''),
  )
const isKnown = (name: string) => known.has(name)

const all = rules.groups.flatMap((group): typeof group.rules => group.rules)
const alerts = all.flatMap((rule) => ('alert' in rule ? [rule] : []))
const queries = [
  ...all.map(({ expr }) => expr),
  ...dashboard.panels.flatMap((panel) => ('targets' in panel ? panel.targets.map(({ expr }) => expr) : [])),
]

test.each(Object.entries(files))('%s is as it is generated', async (name, text) => {
  await expect(text).toMatchFileSnapshot(`generated/${name}`)
})

test('every rule and every panel asks for metrics that exist', () => {
  expect(known.size).toBeGreaterThan(50)
  expect(queries.length).toBeGreaterThan(30)
  for (const expr of queries) {
    expect(namesIn(expr)).not.toEqual([])
    expect(namesIn(expr).filter((name) => !isKnown(name))).toEqual([])
  }
  expect(namesIn('rate(clientele_no_such_total[5m])').filter(isKnown)).toEqual([])
})

test('every bound of a share is a bucket that the metric has', () => {
  const texts = ['packages/kit/src/metrics/metrics.ts', 'gateway/src/metrics/gateway-metrics.ts'].map(textOf)
  const buckets = texts
    .flatMap((text) => [...text.matchAll(/= \[([\d., _]+)\]/g)])
    .flatMap(([, each]) => each!.split(',').map((bound) => bound.trim().replaceAll('_', '')))
  const bounds = queries.flatMap((expr) => [...expr.matchAll(/le="([^"]+)"/g)].map(([, bound]) => bound!))
  expect(bounds).not.toEqual([])
  expect(bounds.filter((bound) => !buckets.includes(bound))).toEqual([])
})

test('every alert has its place in the runbook, and every place an alert', () => {
  const headings = [...textOf('docs/runbooks/alerts.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!)
  expect(headings.toSorted()).toEqual([...new Set(alerts.map(({ alert }) => alert))].toSorted())
  for (const { alert, annotations } of alerts) {
    expect(annotations.runbook).toBe(`docs/runbooks/alerts.md#${alert.toLowerCase()}`)
  }
})

test('every alert has a test that sees it, and one that does not', () => {
  const tests = textOf('infra/observability/alerts.test.yaml')
  for (const { alert } of alerts) {
    const cases = tests.split(/^ +- eval_time:/m).filter((each) => new RegExp(`alertname: ${alert}\\b`).test(each))
    expect([alert, cases.some((each) => /exp_alerts: \[\]/.test(each))]).toEqual([alert, true])
    expect([alert, cases.some((each) => /exp_labels/.test(each))]).toEqual([alert, true])
  }
})
