import { validationIssues } from '@clientele/kit'
import fc from 'fast-check'
import { matchStoredEntries } from './match-stored-entries.js'

interface Content {
  name: string
  role: string
}
type Stored = Content & { id: string }
const keys = [({ name, role }: Content) => [name, role], ({ name }: Content) => name]
const identify = (given: (Content & { id?: string | null })[], stored: readonly Stored[], taken?: Set<string>) => {
  const issues = validationIssues()
  const members = given.map((member, at) => ({ ...member, path: `${at}` }))
  const found = matchStoredEntries<Content, Content & { id?: string | null; path: string }, Stored>(
    issues,
    members,
    stored,
    keys,
    taken,
  )
  return { ids: found.map(({ id }) => id), issues: issues.found.map(({ path, reason }) => `${path} ${reason}`) }
}

// Few names and roles, so that members are often alike.
const content = fc.record({ name: fc.constantFrom('Li Wei', 'Wang', 'Ana'), role: fc.constantFrom('', 'Buyer') })
const storedList = fc
  .array(content, { maxLength: 8 })
  .map((list) => list.map((one, at) => ({ ...one, id: `id-${at}` })))
const unnamed = ({ name, role }: Content) => ({ name, role })
const contents = (ids: readonly string[], stored: readonly Stored[]) =>
  ids.map((id) => stored.find((one) => one.id === id)).map((one) => one && unnamed(one))

const partOf = (list: readonly Stored[]) => fc.shuffledSubarray([...list])

test('any part of a list, in any order, is itself: each member an id of one that says the same, none twice', () => {
  const cases = storedList.chain((stored) => fc.tuple(fc.constant(stored), partOf(stored)))
  fc.assert(
    fc.property(cases, ([stored, part]) => {
      const { ids, issues } = identify(part.map(unnamed), stored)
      expect(issues).toEqual([])
      expect(new Set(ids).size).toBe(part.length)
      expect(contents(ids, stored)).toEqual(part.map(unnamed))
      if (part.length === stored.length) expect(ids.toSorted()).toEqual(stored.map(({ id }) => id).toSorted())
    }),
  )
})

test('whatever is given, ids are unique, as many of the same key are kept as there are, and the rest are new', () => {
  fc.assert(
    fc.property(storedList, fc.array(content, { maxLength: 8 }), (stored, given) => {
      const { ids } = identify(given, stored)
      expect(new Set(ids).size).toBe(given.length)
      for (const name of ['Li Wei', 'Wang', 'Ana']) {
        const kept = ids.filter((id, at) => given[at]?.name === name && stored.some((one) => one.id === id))
        const count = (list: readonly Content[]) => list.filter((one) => one.name === name).length
        expect(kept).toHaveLength(Math.min(count(given), count(stored)))
      }
      const made = given.map((one, at) => ({ ...one, id: ids[at] as string }))
      expect(identify(given, made).ids).toEqual(ids)
    }),
  )
})

test('named ids come first, whatever the members say', () => {
  const cases = storedList.chain((stored) =>
    fc.tuple(fc.constant(stored), partOf(stored), fc.array(content, { maxLength: 4 })),
  )
  fc.assert(
    fc.property(cases, content, ([stored, named, others], changed) => {
      const given = [...others, ...named.map(({ id }) => ({ ...changed, id }))]
      const { ids, issues } = identify(given, stored)
      expect(issues).toEqual([])
      expect(ids.slice(others.length)).toEqual(named.map(({ id }) => id))
      expect(new Set(ids).size).toBe(given.length)
    }),
  )
})

const li = (id: string, role = ''): Stored => ({ id, name: 'Li Wei', role })

test.each<[string, (Content & { id?: string })[], string[]]>([
  ['unknown', [li('a'), li('x')], ['input.1.id member.unknown']],
  ['empty', [li('')], ['input.0.id member.unknown']],
  ['named twice', [li('a'), li('b'), li('a')], ['input.2.id member.repeated']],
])('an id that is %s is an issue', (_, given, expected) => {
  expect(identify(given, [li('a'), li('b')]).issues).toEqual(expected)
})

test('who says the same comes before who has but the same name', () => {
  expect(identify([unnamed(li('', 'Buyer')), unnamed(li('', 'Chief'))], [li('a'), li('b', 'Buyer')]).ids).toEqual([
    'b',
    'a',
  ])
})

test('members that share an id, or have one that is taken, get one of their own', () => {
  const { ids } = identify(
    [unnamed(li('')), unnamed(li('')), unnamed(li(''))],
    [li('a'), li('a'), li('b')],
    new Set(['b']),
  )
  expect(ids[0]).toBe('a')
  expect(new Set([...ids, 'b']).size).toBe(4)
})
