import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaults } from '../options.js'
import type { TimersReport } from './report.js'
import { timers } from './timers.js'

test('timers go off beside those that wait, and as many are taken by hand', async () => {
  const home = await mkdtemp(join(tmpdir(), 'clientele-bench-'))
  try {
    const options = { ...defaults, home, timers: 2_000, rounds: 1, seconds: 1 }
    const outcome = await timers.run(options, () => {})
    const { waiting, lateness, throughput, goals } = outcome.report as TimersReport
    expect([waiting, lateness.timers]).toEqual([2_000, 500])
    expect(lateness.p50).toBeGreaterThanOrEqual(0)
    expect(lateness.max).toBeGreaterThanOrEqual(lateness.p95)
    expect(throughput.ratio.median).toBeCloseTo(throughput.ours.median / throughput.handWritten.median, 1)
    expect(goals).toEqual([expect.objectContaining({ measured: Math.round(lateness.p95) })])
    expect(outcome.table).toContain('service ÷ hand-written')
  } finally {
    await rm(home, { recursive: true })
  }
})
