import fc from 'fast-check'
import { staffEntityId } from './staff-id.js'
import { isPresent, type Substitutable, substituteFor } from './substitutes.js'

const at = new Date('2026-08-03T20:00:00Z')
const somebody = (id: string, fields: Partial<Substitutable> = {}): Substitutable => ({
  ...{ id, active: true, substitute: null, absences: [], timeZone: null },
  ...fields,
})
const away = { absences: [{ from: '2026-08-01', until: '2026-08-31' }] }
const among = (staff: readonly Substitutable[]) => (id: string) => staff.find((one) => one.id === id)
const standsIn = (staff: readonly Substitutable[]) => substituteFor(staff[0]!, at, among(staff))?.id ?? null

test.each([
  ['who is present does it themselves', [somebody('a', { substitute: 'b' }), somebody('b')], 'a'],
  ['who is away is stood in for', [somebody('a', { ...away, substitute: 'b' }), somebody('b')], 'b'],
  ['who has left is stood in for', [somebody('a', { active: false, substitute: 'b' }), somebody('b')], 'b'],
  [
    'a substitute who is away is passed over',
    [somebody('a', { ...away, substitute: 'b' }), somebody('b', { ...away, substitute: 'c' }), somebody('c')],
    'c',
  ],
  [
    'a circle of absent people ends',
    [somebody('a', { ...away, substitute: 'b' }), somebody('b', { ...away, substitute: 'a' })],
    null,
  ],
  ['who stands in for themselves is nobody', [somebody('a', { ...away, substitute: 'a' })], null],
  ['a substitute whom nobody knows is nobody', [somebody('a', { ...away, substitute: 'x' })], null],
  ['nobody is named', [somebody('a', away)], null],
])('%s', (_, staff, expected) => expect(standsIn(staff)).toBe(expected))

test('days are those of the time zone of whoever is away', () => {
  const [today, tomorrow] = ['2026-08-03', '2026-08-04'].map((day) => [{ from: day, until: day }])
  expect(isPresent(somebody('a', { absences: today! }), at)).toBe(false)
  expect(isPresent(somebody('a', { absences: today!, timeZone: 'Asia/Shanghai' }), at)).toBe(true)
  expect(isPresent(somebody('a', { absences: tomorrow!, timeZone: 'Asia/Shanghai' }), at)).toBe(false)
  expect(isPresent(somebody('a', { absences: tomorrow!, timeZone: 'America/Bogota' }), at)).toBe(true)
})

const ids = ['a', 'b', 'c', 'd', 'e']
const someStaff = fc.tuple(
  ...ids.map((id) =>
    fc
      .record({ isAway: fc.boolean(), active: fc.boolean(), substitute: fc.constantFrom(null, ...ids, 'x') })
      .map(({ isAway, ...fields }) => somebody(id, { ...fields, ...(isAway && away) })),
  ),
)

test('whatever the chains, the search ends with somebody who is present or with nobody', () => {
  fc.assert(
    fc.property(someStaff, (staff) => {
      const found = substituteFor(staff[0]!, at, among(staff))
      if (found) expect(isPresent(found, at)).toBe(true)
      // Nobody is left only where the whole chain is away.
      let [next, steps]: [Substitutable | undefined, number] = [staff[0], 0]
      while (!found && next && steps++ < ids.length) {
        expect(isPresent(next, at)).toBe(false)
        next = next.substitute ? among(staff)(next.substitute) : undefined
      }
    }),
  )
})

test('an identifier is a UUID, the same each time, itself where the subject is one, and different for different subjects', () => {
  expect(staffEntityId('5F0C2A54-6c1d-4a7e-9a51-2f6f6f1f0a11')).toBe('5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11')
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
      expect(staffEntityId(one)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(staffEntityId(staffEntityId(one))).toBe(staffEntityId(one))
      expect(staffEntityId(one) === staffEntityId(other)).toBe(one === other)
    }),
  )
})
