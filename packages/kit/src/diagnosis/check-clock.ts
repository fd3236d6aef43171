import type { Report } from './finding.js'

/** By how many seconds a clock may differ: above the second a token that was just made is refused. */
const seconds = { noticed: 5, most: 30 }

/** Compares a clock elsewhere with ours, which is taken in the middle of the question. A clock that tells whole seconds is told as one. */
export const checkClock = async (report: Report, ask: () => Promise<Date | undefined>) => {
  const before = Date.now()
  const there = await ask()
  if (!there) return
  const difference = (there.getTime() - (before + Date.now()) / 2) / 1_000
  const found = `${Math.abs(difference).toFixed(1)} s ${difference < 0 ? 'behind' : 'ahead of'} this machine`
  const remedy = 'Set the clocks of both by the same time servers (NTP).'
  if (Math.abs(difference) > seconds.most) report.fault('clock', found, remedy)
  else if (Math.abs(difference) > seconds.noticed) report.warning('clock', found, remedy)
  else report.ok('clock', found)
}
