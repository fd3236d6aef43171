import { plainWeight, weightOf } from './weight.js'

test.each([
  ['nothing', { bytes: 0 }, 0],
  ['what it costs', { bytes: 100, cost: 3_000 }, 3_000],
  ['what its bytes weigh', { bytes: 16 * 1024, cost: 3_000 }, 2 * plainWeight],
  ['a body of 8 KiB is plain', { bytes: 8 * 1024, cost: 1 }, plainWeight],
  ['and one of a byte more is not', { bytes: 8 * 1024 + 1, cost: 1 }, plainWeight + 1],
])('%s', (_, request, weight) => expect(weightOf(request)).toBe(weight))
