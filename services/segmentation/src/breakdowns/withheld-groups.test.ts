import { smallestGroup } from '@clientele/contracts'
import fc from 'fast-check'
import { countOf, type Group, shownGroups } from './withheld-groups.js'

const most = 1_000
const groupsOf = (counts: Record<string, number>): Group[] =>
  Object.entries(counts).map(([names, count]) => ({ values: names.split(' '), count }))
const shown = (counts: Record<string, number>, limit = most) =>
  shownGroups(groupsOf(counts), limit).map(({ values }) => values.join(' '))

test.each<[string, Record<string, number>, string[]]>([
  ['groups that are large enough are shown, the largest first', { DE: 5, CN: 9 }, ['CN', 'DE']],
  ['two small ones are withheld where they are a group together', { DE: 9, CN: 3, FR: 2 }, ['DE']],
  ['a small one alone takes the next larger along', { DE: 9, CN: 7, FR: 4 }, ['DE']],
  ['two of one customer each are told by their sum, and take one along', { DE: 9, CN: 7, FR: 1, GB: 1 }, ['DE']],
  ['where nothing is left nothing is shown', { DE: 7, CN: 1 }, []],
  ['no groups are none', {}, []],
  [
    'with two dimensions no sum of a row or column tells',
    { 'DE F': 20, 'DE M': 3, 'CN F': 9, 'CN M': 8, 'FR F': 30, 'FR M': 31 },
    ['FR M', 'FR F'],
  ],
])('%s', (_, counts, expected) => expect(shown(counts)).toEqual(expected))

test('beyond the most that are answered the smallest are withheld, at least two', () => {
  expect(shown({ a: 9, b: 8, c: 7 }, 2)).toEqual(['a'])
  expect(shown({ a: 9, b: 8, c: 7, d: 6 }, 2)).toEqual(['a', 'b'])
})

const cells = fc
  .tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.dictionary(fc.constantFrom(...'abcdefghijkl'), fc.integer({ min: 1, max: 12 })),
  )
  .map(([dimensions, counts]) =>
    Object.entries(counts).map(([name, count]): Group => {
      const place = name.charCodeAt(0) - 97
      return { values: dimensions === 1 ? [name] : [String(place % 3), String(Math.floor(place / 3))], count }
    }),
  )

test('whatever the groups, none that is shown is small, and no sum tells of one that is withheld', () => {
  fc.assert(
    fc.property(cells, (groups) => {
      const found = new Set(shownGroups(groups, most))
      const sums = [groups, ...[0, 1].flatMap((at) => [...Map.groupBy(groups, ({ values }) => values[at]).values()])]
      for (const sum of groups[0]?.values.length === 2 ? sums : sums.slice(0, 1)) {
        const withheld = sum.filter((group) => !found.has(group))
        const left = sum.filter((group) => found.has(group))
        expect(left.every(({ count }) => count >= smallestGroup)).toBe(true)
        if (left.length && withheld.length) {
          expect(withheld.length).toBeGreaterThan(1)
          expect(countOf(withheld)).toBeGreaterThanOrEqual(smallestGroup)
        }
      }
    }),
  )
})
