import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchmarks, type Options, type Report } from '../index.js'
import { UsageError } from '../options.js'

const home = await mkdtemp(join(tmpdir(), 'clientele-bench-'))
afterAll(() => rm(home, { recursive: true, force: true }))

// More than a page of customers for each of the 20 tenants.
const usual = {
  home,
  customers: 2_100,
  timers: 1,
  requests: 60,
  seconds: 0.2,
  rounds: 1,
  concurrency: [4],
  fresh: false,
}

const run = async (benchmark: string, options: Partial<Options>) => {
  const steps: string[] = []
  const found = benchmarks.find(({ name }) => name === benchmark)
  const { report, table } = (await found?.run({ ...usual, ...options }, (step) => steps.push(step)))!
  return { report: report as Report, table, steps }
}

test('customer-360 is asked of every variant that was chosen, answers compared, and measured at each concurrency', async () => {
  const only = ['hand-written-apart', 'in-process', 'postgraphile']
  const { report, table, steps } = await run('customer-360', { only, concurrency: [1, 4] })
  expect(steps).toContain('60 answers of each variant are the same as the hand-written ones')
  expect(report.levels.map(({ concurrency }) => concurrency)).toEqual([1, 4])
  for (const { variants, ratios, goals } of report.levels) {
    expect(variants.map(({ name }) => name)).toEqual(['hand-written', ...only])
    const pss = process.platform === 'linux' ? expect.any(Number) : undefined
    for (const { requestsPerSecond, p50, p95, memory } of variants) {
      expect(requestsPerSecond.median).toBeGreaterThan(0)
      expect(p95).toBeGreaterThanOrEqual(p50)
      expect(memory).toEqual([{ rss: expect.any(Number), pss, heap: expect.any(Number) }])
    }
    const others = ['hand-written', 'hand-written-apart', 'postgraphile']
    expect(Object.keys(ratios)).toEqual(others.map((other) => `in-process ÷ ${other}`))
    const isMeasured = goals.map(({ met }) => met !== null)
    expect(isMeasured).toEqual([...Array(4).fill(true), ...Array(7).fill(false)])
  }
  expect(report.seed).toMatchObject({ customers: 2_100, tenants: 20, requests: 60 })
  expect(table).toMatch(/^in-process ÷ postgraphile +\d+\.\d\d /m)
})

test('customer-list is asked page by page, with queries of their own to see how memory grows', async () => {
  const { report, steps } = await run('customer-list', { only: ['stock'], minutes: 0.04 })
  expect(steps).toContain('40 answers of each variant are the same as the hand-written ones')
  expect(report.growth.map(({ variant }) => variant)).toEqual(['stock'])
  for (const { samples, requests, distinct } of report.growth) {
    expect(samples).toHaveLength(11)
    for (const { rss, heap } of samples) expect(rss).toBeGreaterThan(heap as number)
    expect(distinct).toBe(Math.floor(requests / 50))
  }
})

test('an unknown variant is refused before anything starts', async () => {
  const refused = run('customer-360', { only: ['in-process', 'before'] })
  await expect(refused).rejects.toThrow(UsageError)
  await expect(refused).rejects.toThrow(
    /^There is no variant "before"\. There is: hand-written, hand-written-apart, in-process, http,/,
  )
})
