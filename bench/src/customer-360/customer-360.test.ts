import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchmarks, type Report, tableOf } from '../index.js'

const home = await mkdtemp(join(tmpdir(), 'clientele-bench-'))
afterAll(() => rm(home, { recursive: true, force: true }))

describe('customer-360', () => {
  let report: Report
  const steps: string[] = []

  beforeAll(async () => {
    const [benchmark] = benchmarks.filter(({ name }) => name === 'customer-360')
    const options = { home, customers: 100, seconds: 1, rounds: 1, concurrency: 4, fresh: false }
    report = (await benchmark?.run(options, (step) => steps.push(step))) as Report
  }, 180_000)

  test('compares the answers of every variant before it measures', () => {
    expect(steps).toContain('100 answers of each variant are the same as the hand-written ones')
  })

  test('measures every variant and forms the ratios', () => {
    expect(report.variants.map(({ name }) => name)).toEqual(['hand-written', 'in-process', 'http', 'postgraphile'])
    for (const { requestsPerSecond, p50, p95 } of report.variants) {
      expect(requestsPerSecond.median).toBeGreaterThan(0)
      expect(p95).toBeGreaterThanOrEqual(p50)
    }
    expect(Object.keys(report.ratios)).toEqual([
      'in-process ÷ hand-written',
      'http ÷ hand-written',
      'postgraphile ÷ hand-written',
      'in-process ÷ postgraphile',
      'http ÷ postgraphile',
    ])
    const [handWritten, inProcess] = report.variants.map(({ requestsPerSecond }) => requestsPerSecond.median)
    expect(report.ratios['in-process ÷ hand-written']?.median).toBeCloseTo(Number(inProcess) / Number(handWritten), 1)
    expect(report.seed).toMatchObject({ customers: 100, tenants: 20, questions: 100 })
  })

  test('prints them as a table', () => {
    const table = tableOf(report)
    for (const { name, requestsPerSecond } of report.variants) {
      expect(table).toMatch(new RegExp(`^${name} +${requestsPerSecond.median} `, 'm'))
    }
    expect(table).toMatch(/^in-process ÷ hand-written +\d+\.\d\d /m)
  })
})
