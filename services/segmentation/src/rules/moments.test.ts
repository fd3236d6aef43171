import fc from 'fast-check'
import { type Facts, matches } from './matches.js'
import { momentsOf } from './moments.js'
import { factConditions, type SegmentRule } from './rule.js'

const day = 86_400_000
const start = Date.UTC(2026, 2, 1)
const nothing = Object.fromEntries(Object.values(factConditions).map(({ fact }) => [fact, null]))
const bounds = fc.dictionary(fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte'), fc.integer({ min: 0, max: 4 }), {
  minKeys: 1,
})

test('between two moments of a rule, time changes no answer', () => {
  const rules: fc.Arbitrary<SegmentRule> = fc.oneof(
    bounds.map((lastPurchaseDaysAgo) => ({ lastPurchaseDaysAgo })),
    fc.tuple(fc.integer({ min: 1, max: 4 }), bounds).map(([days, one]) => ({ complaintsInDays: { days, ...one } })),
  )
  const ages = fc.array(fc.integer({ min: -day, max: 6 * day }), { maxLength: 3 })
  fc.assert(
    fc.property(rules, ages, fc.integer({ min: 0, max: 6 * day }), (rule, complaints, age) => {
      const facts = {
        ...nothing,
        ...{ lastPurchaseAt: new Date(start - age), territory: null, tags: [], purchaseTotals: {}, rfm: null },
        complaintsReceivedAt: complaints.map((each) => new Date(start - each)),
      } as unknown as Facts
      const moments = [...momentsOf([rule])]
        .flatMap(([column, days]) =>
          [...days].flatMap((after) =>
            column === 'received_at'
              ? complaints.map((each) => start - each + after * day + 1)
              : [start - age + after * day],
          ),
        )
        .filter((at) => at > start)
        .toSorted((a, b) => a - b)
      const holds = (at: number) => matches(rule, facts, new Date(at))
      let from = start
      for (const moment of [...moments, start + 20 * day]) {
        // Whatever holds from one moment on holds until the next one comes.
        for (const at of [from, from + Math.floor((moment - from) / 2), moment - 1]) {
          if (at >= from) expect(holds(at)).toBe(holds(from))
        }
        from = moment
      }
    }),
    { numRuns: 2_000 },
  )
})

test('conditions that time does not change have no moments', () => {
  expect(momentsOf([{ all: [{ kind: { eq: 'PERSON' } }, { not: { purchaseCount: { gte: 1 } } }] }]).size).toBe(0)
  expect(momentsOf([{ not: { lastVisitDaysAgo: { lte: 2 } } }, { lastVisitDaysAgo: { eq: 2 } }])).toEqual(
    new Map([['last_visit_at', new Set([3, 2])]]),
  )
})
