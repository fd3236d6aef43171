import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scenarioNamed, scenarios } from '@clientele/k6'
import { startEmbedded } from './embedded.js'
import { pageOf } from './page/page.js'
import { runScenario } from './run.js'
import { tableOf } from './table.js'

const home = await mkdtemp(join(tmpdir(), 'clientele-load-'))
const subject = await startEmbedded({ home, customers: 800, fresh: false }, () => {})
afterAll(async () => {
  await subject.stop()
  await rm(home, { recursive: true, force: true })
})

// One client: nothing piles up on a busy machine.
const model = { clients: 1, thinkSeconds: 0 }
const run = (name: string, { soak = false, seconds = 4 } = {}) =>
  runScenario(
    { scenario: scenarioNamed(name), subject, model, seconds, seed: 1, soak, customers: 800, reference: undefined },
    () => {},
  )

test.each(scenarios.filter(({ beside }) => !beside).map(({ name }) => name))(
  '%s: each of its actions is done, and none fails',
  async (name) => {
    const report = await run(name)
    expect(report.reasons).toEqual({})
    expect(report.figures.failures).toBe(0)
    expect(report.requests).toBeGreaterThan(0)
    expect(report.figures.p99).toBeGreaterThanOrEqual(report.figures.p50)
    const operations = scenarioNamed(name).shares.flatMap(({ action }) => action.steps.map((step) => step.operation))
    expect(operations).toEqual(expect.arrayContaining(report.operations.map(({ operation }) => operation)))
    expect(report.spent.serverMs).toBeGreaterThan(0)
    expect(tableOf(report)).toContain(`${name}: `)
    expect(pageOf(report)).toContain('<svg ')
  },
)

test('reads are held against themselves while a file is imported', async () => {
  const { beside, limits } = await run('import-beside-reading', { seconds: 12 })
  expect(beside!.imported.created).toBeGreaterThan(0)
  expect(beside!.imported.rejected).toBe(0)
  expect(limits.map(({ name }) => name)).toContain('p95 beside an import ÷ alone')
})

test('what was written has come through a moment behind the last request', async () => {
  const { soak, spent } = await run('mutations', { soak: true })
  const names = ['events are all in the stream and handled', 'events given up']
  expect(soak.filter(({ name }) => names.includes(name)).map(({ met }) => met)).toEqual([true, true])
  expect(spent.publishedPerSecond).toBeGreaterThan(0)
})
