import fc from 'fast-check'
import { daysOfWeek } from './business-calendar.js'
import { isTimeOfDay, latestRecurrence, nextRecurrence, type Recurrence, startOfDay } from './recurrence.js'

const berlin = 'Europe/Berlin'
const following = (recurrence: Recurrence, timeZone: string, after: string, count: number) => {
  const moments: string[] = []
  for (let at = new Date(after); moments.length < count; ) {
    at = nextRecurrence(recurrence, timeZone, at)
    moments.push(at.toISOString().slice(0, 16))
  }
  return moments
}

test.each<[string, Recurrence, string, string, string[]]>([
  ['every day', { at: '09:00' }, 'Asia/Shanghai', '2026-03-01T01:00:00Z', ['2026-03-02T01:00', '2026-03-03T01:00']],
  [
    'a time that daylight saving skips comes as much later',
    { at: '02:30' },
    berlin,
    '2026-03-28T00:00:00Z',
    ['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30'],
  ],
  [
    'a time that daylight saving repeats comes once',
    { at: '02:30' },
    berlin,
    '2026-10-24T12:00:00Z',
    ['2026-10-25T00:30', '2026-10-26T01:30'],
  ],
  [
    'weekdays',
    { at: '00:00', weekdays: ['MONDAY', 'FRIDAY'] },
    'UTC',
    '2026-05-01T00:00:00Z',
    ['2026-05-04T00:00', '2026-05-08T00:00'],
  ],
  [
    'the last of a month',
    { at: '23:59', dayOfMonth: 31 },
    'UTC',
    '2028-01-31T23:58:00Z',
    ['2028-01-31T23:59', '2028-02-29T23:59', '2028-03-31T23:59', '2028-04-30T23:59'],
  ],
  [
    'a day that its time zone skips',
    { at: '09:00' },
    'Pacific/Apia',
    '2011-12-29T19:00:00Z',
    ['2011-12-30T19:00', '2011-12-31T19:00'],
  ],
])('%s', (_, recurrence, timeZone, after, expected) => {
  expect(following(recurrence, timeZone, after, expected.length)).toEqual(expected)
})

test('the next is the first that is later, the latest the last that is not', () => {
  const recurrences = fc.record({
    at: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
    timeZone: fc.constantFrom('UTC', berlin, 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
    days: fc.option(
      fc.oneof(
        fc.record({ weekdays: fc.uniqueArray(fc.constantFrom(...daysOfWeek), { minLength: 1 }) }),
        fc.record({ dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
      ),
    ),
    moment: fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
  })
  fc.assert(
    fc.property(recurrences, ({ at, timeZone, days, moment }) => {
      const recurrence = { at, ...days }
      const next = nextRecurrence(recurrence, timeZone, moment)
      const latest = latestRecurrence(recurrence, timeZone, moment)
      expect(+next).toBeGreaterThan(+moment)
      expect(+latest).toBeLessThanOrEqual(+moment)
      expect(nextRecurrence(recurrence, timeZone, latest)).toEqual(next)
      expect(latestRecurrence(recurrence, timeZone, next)).toEqual(next)
    }),
  )
})

test('days are those of the time zone, also where one has 23 hours', () => {
  const at = new Date('2026-03-29T07:00:00Z')
  expect(startOfDay(berlin, at, 0).toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(startOfDay(berlin, at, -1).toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(startOfDay('Asia/Shanghai', at, 30).toISOString()).toBe('2026-02-26T16:00:00.000Z')
})

test('only times of the clock are times', () => {
  expect(['00:00', '23:59', '24:00', '9:00', '09:60', '０９:00', '09:00 '].map(isTimeOfDay)).toEqual([
    ...[true, true, false, false, false, false, false],
  ])
})
