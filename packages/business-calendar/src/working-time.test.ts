import fc from 'fast-check'
import { type BusinessCalendar, daysOfWeek, type WorkingInterval } from './business-calendar.js'
import { addWorkingTime, isWorkingTime, nextOpening, weeklyWorkingTime, workingTimeBetween } from './working-time.js'

const minute = 60_000
const hour = 60 * minute
const step = 15 * minute

const office: readonly WorkingInterval[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]
const workweek = { MONDAY: office, TUESDAY: office, WEDNESDAY: office, THURSDAY: office, FRIDAY: office }
const shanghai: BusinessCalendar = {
  timeZone: 'Asia/Shanghai',
  week: workweek,
  specialDays: [
    // National Day 2026: seven days off, for which a Sunday and a Saturday are worked.
    { date: '2026-09-20', intervals: office },
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => ({ date: `2026-10-0${day}`, intervals: [] })),
    { date: '2026-10-10', intervals: office },
  ],
}
const always: readonly WorkingInterval[] = [{ from: '00:00', to: '24:00' }]
const roundTheClock = (timeZone: string): BusinessCalendar => ({
  timeZone,
  week: Object.fromEntries(daysOfWeek.map((day) => [day, always])),
  specialDays: [],
})
const nightShift = (timeZone: string): BusinessCalendar => ({
  timeZone,
  week: Object.fromEntries(daysOfWeek.map((day) => [day, [{ from: '01:30', to: '02:30' }]])),
  specialDays: [],
})

describe('working time between', () => {
  const cases: [what: string, calendar: BusinessCalendar, from: string, to: string, hours: number][] = [
    ['a morning', shanghai, '2026-11-26T09:00+08:00', '2026-11-26T12:00+08:00', 3],
    ['a day with its break', shanghai, '2026-11-26T00:00+08:00', '2026-11-27T00:00+08:00', 8],
    ['a weekend', shanghai, '2026-11-27T18:00+08:00', '2026-11-30T09:00+08:00', 0],
    ['a week', shanghai, '2026-11-23T00:00+08:00', '2026-11-30T00:00+08:00', 40],
    ['a holiday week', shanghai, '2026-10-01T00:00+08:00', '2026-10-08T00:00+08:00', 0],
    ['a Saturday that is worked', shanghai, '2026-10-10T00:00+08:00', '2026-10-11T00:00+08:00', 8],
    ['the wrong way round', shanghai, '2026-11-27T12:00+08:00', '2026-11-26T12:00+08:00', 0],
    ['a day of 23 hours', roundTheClock('Europe/Berlin'), '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 23],
    ['a day of 25 hours', roundTheClock('Europe/Berlin'), '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 25],
    [
      'a shift that loses its second half',
      nightShift('Europe/Berlin'),
      '2026-03-29T00:00+01:00',
      '2026-03-30T00:00+02:00',
      0.5,
    ],
    [
      'a shift that is worked twice',
      nightShift('Europe/Berlin'),
      '2026-10-25T00:00+02:00',
      '2026-10-26T00:00+01:00',
      2 - 0.5 + 0,
    ],
    [
      'a country without a 30 December',
      roundTheClock('Pacific/Apia'),
      '2011-12-29T00:00-10:00',
      '2012-01-01T00:00+14:00',
      48,
    ],
    ['before the epoch', shanghai, '1969-12-29T00:00+08:00', '1970-01-05T00:00+08:00', 40],
  ]
  test.each(cases)('%s', (_, calendar, from, to, hours) => {
    expect(workingTimeBetween(calendar, new Date(from), new Date(to)) / hour).toBe(hours)
  })
})

describe('adding working time', () => {
  const cases: [what: string, from: string, hours: number, to: string][] = [
    ['none', '2026-11-28T03:00+08:00', 0, '2026-11-28T03:00+08:00'],
    ['across the break', '2026-11-26T11:00+08:00', 2, '2026-11-26T14:00+08:00'],
    ['until the close', '2026-11-26T09:00+08:00', 8, '2026-11-26T18:00+08:00'],
    ['across a weekend', '2026-11-27T17:00+08:00', 2, '2026-11-30T10:00+08:00'],
    ['from a night', '2026-11-26T03:00+08:00', 1, '2026-11-26T10:00+08:00'],
    ['across the holiday', '2026-09-30T17:00+08:00', 2, '2026-10-08T10:00+08:00'],
  ]
  test.each(cases)('%s', (_, from, hours, to) => {
    expect(addWorkingTime(shanghai, new Date(from), hours * hour)).toEqual(new Date(to))
  })

  test('a calendar that ends has no more to add', () => {
    const once = { timeZone: 'UTC', week: {}, specialDays: [{ date: '2026-11-26', intervals: office }] }
    expect(addWorkingTime(once, new Date('2026-11-25T00:00Z'), 8 * hour)).toEqual(new Date('2026-11-26T18:00Z'))
    expect(addWorkingTime(once, new Date('2026-11-25T00:00Z'), 9 * hour)).toBeUndefined()
    expect(nextOpening(once, new Date('2026-11-26T18:00Z'))).toBeUndefined()
  })
})

test.each(['Pacific/Kiritimati', 'Europe/Berlin'])('a minute a week is looked for 20 years ahead in %s', (timeZone) => {
  const minuteAWeek = { timeZone, week: { MONDAY: [{ from: '00:00', to: '00:01' }] }, specialDays: [] }
  const from = new Date('2026-01-05T00:00Z')
  expect(addWorkingTime(minuteAWeek, from, 10_000 * hour)).toBeUndefined()
  expect(addWorkingTime(minuteAWeek, from, hour)).toBeDefined()
  expect(weeklyWorkingTime(minuteAWeek)).toBe(minute)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is no span of time', (milliseconds) => {
  expect(() => addWorkingTime(shanghai, new Date(0), milliseconds)).toThrow(RangeError)
})

test('the next opening is now while people work, and the start of the next interval otherwise', () => {
  const openings = [
    '2026-11-26T10:30+08:00',
    '2026-11-26T12:00+08:00',
    '2026-11-27T18:00+08:00',
    '2026-10-09T18:00+08:00',
  ]
  expect(openings.map((at) => nextOpening(shanghai, new Date(at))?.toISOString())).toEqual([
    '2026-11-26T02:30:00.000Z',
    '2026-11-26T05:00:00.000Z',
    '2026-11-30T01:00:00.000Z',
    '2026-10-10T01:00:00.000Z',
  ])
})

// Half hours of daylight saving, transitions at midnight, a day that was left out, a month of Ramadan.
const zones: [timeZone: string, around: string][] = [
  ['UTC', '2026-03-01T00:00Z'],
  ['Asia/Shanghai', '2026-10-01T00:00Z'],
  ['Asia/Shanghai', '1988-04-16T18:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Kathmandu', '1985-12-31T18:30Z'],
]

const quarter = (quarters: number) =>
  `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`
const intervals = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((ends) => ends.sort((a, b) => a - b))
  .map((ends) =>
    Array.from({ length: ends.length >> 1 }, (_, at) => [ends[2 * at], ends[2 * at + 1]] as [number, number]),
  )
  .map((pairs) => pairs.map(([from, to]) => ({ from: quarter(from), to: quarter(to) })))

const calendars = fc
  .record({
    zone: fc.constantFrom(...zones),
    week: fc.tuple(...daysOfWeek.map(() => intervals)),
    special: fc.array(fc.record({ day: fc.integer({ min: -2, max: 2 }), intervals }), { maxLength: 3 }),
    before: fc.integer({ min: 0, max: 96 }),
    length: fc.integer({ min: 1, max: 120 }),
  })
  .map(({ zone: [timeZone, around], week, special, before, length }) => {
    const dates = new Map(
      special.map(({ day, intervals }) => [
        new Date(Date.parse(around) + day * 24 * hour).toISOString().slice(0, 10),
        intervals,
      ]),
    )
    const calendar: BusinessCalendar = {
      timeZone,
      week: Object.fromEntries(daysOfWeek.map((name, index) => [name, week[index]])),
      specialDays: [...dates].map(([date, intervals]) => ({ date, intervals })),
    }
    const from = Date.parse(around) - before * step
    return { calendar, from, to: from + length * step }
  })

const clocks = new Map(
  zones.map(([timeZone]) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
    }),
  ]),
)

const shown = new Map<string, { date: string; time: string; weekday: string }>()

/** What the wall clock of a time zone shows; the runtime is slow to tell, and it is asked for the same moments again and again. */
const wallClock = (timeZone: string, at: number) => {
  const key = `${timeZone} ${at}`
  let clock = shown.get(key)
  if (!clock) {
    const parts = Object.fromEntries(
      clocks
        .get(timeZone)!
        .formatToParts(at)
        .map(({ type, value }) => [type, value]),
    )
    clock = {
      date: `${parts.year}-${parts.month}-${parts.day}`,
      time: `${parts.hour}:${parts.minute}`,
      weekday: parts.weekday!.toUpperCase(),
    }
    shown.set(key, clock)
  }
  return clock
}

/** Looks at the wall clock and at nothing else. */
const isWorkedByTheClock = ({ timeZone, week, specialDays }: BusinessCalendar, at: number) => {
  const { date, time, weekday } = wallClock(timeZone, at)
  const special = specialDays.find((day) => day.date === date)
  const worked = special?.intervals ?? week[weekday as 'MONDAY'] ?? []
  return worked.some(({ from, to }) => from <= time && time < to)
}

test('it is what looking at the clock every quarter of an hour says, on 10,000 calendars', () => {
  fc.assert(
    fc.property(calendars, ({ calendar, from, to }) => {
      const worked: number[] = []
      for (let at = from; at < to; at += step) if (isWorkedByTheClock(calendar, at)) worked.push(at)
      expect(workingTimeBetween(calendar, new Date(from), new Date(to))).toBe(worked.length * step)
      if (!worked.length) return
      const [first, last] = [worked[0]!, worked.at(-1)!]
      expect(nextOpening(calendar, new Date(from))).toEqual(new Date(first))
      expect(isWorkingTime(calendar, new Date(last))).toBe(true)
      expect(addWorkingTime(calendar, new Date(from), worked.length * step)).toEqual(new Date(last + step))
      expect(addWorkingTime(calendar, new Date(from), step / 3)).toEqual(new Date(first + step / 3))
    }),
    { numRuns: 10_000 },
  )
})

test('a year of working time is worked out without looking at its minutes', () => {
  const from = new Date('2026-01-01T00:00+08:00')
  const to = new Date('2036-01-01T00:00+08:00')
  const sum = workingTimeBetween(shanghai, from, to)
  expect(addWorkingTime(shanghai, from, sum)).toEqual(new Date('2035-12-31T18:00+08:00'))
})
