import { backOffMs } from './back-off.js'

test.each([
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [12, 2_048_000],
  [13, 3_600_000],
  [100_000, 3_600_000],
])('what has failed %i times waits %i ms', (failures, ms) => {
  expect(backOffMs(failures)).toBe(ms)
})
