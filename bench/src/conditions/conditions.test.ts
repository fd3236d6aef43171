import { defaults } from '../options.js'
import { type ConditionsReport, conditions } from './conditions.js'
import { disagreements } from './measure.js'

test('conditions say the same as what is written by hand, each for some events only', () => {
  expect(disagreements()).toEqual([])
})

test('conditions are measured beside what is written by hand', async () => {
  const { report, table, goals } = await conditions.run({ ...defaults, rounds: 2, seconds: 0.2 }, () => {})
  const { microseconds, ratio } = report as ConditionsReport
  expect(Math.min(microseconds.conditions.min, microseconds.handWritten.min)).toBeGreaterThan(0)
  expect(ratio.min).toBeGreaterThan(0)
  expect(goals).toEqual([expect.objectContaining({ atMost: 100, measured: microseconds.conditions.median })])
  expect(table).toContain('conditions ÷ hand-written')
})
