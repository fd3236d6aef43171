import fc from 'fast-check'
import { anyVisitor, now, visitors } from '../fixture/visitor.ts'
import { type Condition, evaluator, momentsOf } from './index.js'

const day = 86_400_000
const days = fc.integer({ min: 0, max: 6 })
const bounds = fc
  .record({ eq: days, gt: days, gte: days, lt: days, lte: days }, { requiredKeys: [] })
  .filter((made) => Object.keys(made).length > 0)
const timed: fc.Arbitrary<Condition> = fc.oneof(
  bounds.map((lastSeenDaysAgo) => ({ lastSeenDaysAgo })),
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), bounds)
    .map(([window, made]) => ({ clicksInDays: { days: window, ...made } })),
)

test('an answer changes by time alone at a moment that is told, and at no other', () => {
  fc.assert(
    fc.property(timed, anyVisitor, (condition, one) => {
      const visitor = { ...one, id: 0 }
      const holds = evaluator(visitors, condition)
      const moments = momentsOf(visitors, [condition])
      const turns = [
        ...[...(moments.get('lastSeenDaysAgo') ?? [])].flatMap((after) =>
          one.lastSeenAt ? [one.lastSeenAt.getTime() + after * day] : [],
        ),
        // What is counted in a window is in it to the last of its milliseconds.
        ...[...(moments.get('clicksInDays') ?? [])].flatMap((after) =>
          one.clicksAt.map((at) => at.getTime() + after * day + 1),
        ),
      ]
      const later = [...new Set(turns)].filter((turn) => turn > now.getTime()).sort((a, b) => a - b)
      const [from, ...stops] = [now.getTime(), ...later]
      let answer = holds(visitor, new Date(from as number))
      for (const stop of stops) {
        expect(holds(visitor, new Date(stop - 1))).toBe(answer)
        answer = holds(visitor, new Date(stop))
      }
      expect(holds(visitor, new Date((stops.at(-1) ?? (from as number)) + 100 * day))).toBe(answer)
    }),
    { numRuns: 2_000 },
  )
})

test('conditions in which no time runs have no moments', () => {
  expect(momentsOf(visitors, [{ all: [{ kind: { eq: 'PERSON' } }, { not: { count: { gte: 1 } } }] }]).size).toBe(0)
  const both = momentsOf(visitors, [{ not: { lastSeenDaysAgo: { lte: 2 } } }, { lastSeenDaysAgo: { eq: 2 } }])
  expect([...(both.get('lastSeenDaysAgo') ?? [])].sort()).toEqual([2, 3])
})
