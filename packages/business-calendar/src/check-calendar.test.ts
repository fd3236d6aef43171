import type { BusinessCalendar } from './business-calendar.js'
import { checkCalendar } from './check-calendar.js'
import { defaultCalendar } from './default-calendar.js'

const right: BusinessCalendar = {
  timeZone: 'Asia/Shanghai',
  week: {
    MONDAY: [
      { from: '00:00', to: '12:00' },
      { from: '12:00', to: '24:00' },
    ],
  },
  specialDays: [{ date: '2028-02-29', intervals: [] }],
}

const wrong: [what: string, change: Partial<BusinessCalendar>, path: string, reason: string][] = [
  ['no such zone', { timeZone: 'Asia/Atlantis' }, 'timeZone', 'calendar.time_zone'],
  ['an offset for a zone', { timeZone: '+08:00' }, 'timeZone', 'calendar.time_zone'],
  ['no zone', { timeZone: '' }, 'timeZone', 'calendar.time_zone'],
  ['no working day', { week: {} }, 'week', 'calendar.never_open'],
  ['days without work alone', { week: { MONDAY: [] } }, 'week', 'calendar.never_open'],
  [
    'a time after midnight',
    { week: { FRIDAY: [{ from: '09:00', to: '24:15' }] } },
    'week.FRIDAY.0.to',
    'calendar.time',
  ],
  ['a short time', { week: { FRIDAY: [{ from: '9:00', to: '18:00' }] } }, 'week.FRIDAY.0.from', 'calendar.time'],
  ['across midnight', { week: { FRIDAY: [{ from: '22:00', to: '06:00' }] } }, 'week.FRIDAY.0.to', 'calendar.interval'],
  [
    'an empty interval',
    { week: { FRIDAY: [{ from: '09:00', to: '09:00' }] } },
    'week.FRIDAY.0.to',
    'calendar.interval',
  ],
  [
    'two that overlap',
    {
      week: {
        FRIDAY: [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '18:00' },
        ],
      },
    },
    'week.FRIDAY.1.from',
    'calendar.interval',
  ],
  ['no such date', { specialDays: [{ date: '2026-02-29', intervals: [] }] }, 'specialDays.0.date', 'calendar.date'],
  ['a date in words', { specialDays: [{ date: 'Christmas', intervals: [] }] }, 'specialDays.0.date', 'calendar.date'],
  [
    'a date twice',
    {
      specialDays: [
        { date: '2026-10-01', intervals: [] },
        { date: '2026-10-01', intervals: [] },
      ],
    },
    'specialDays.1.date',
    'calendar.repeated_date',
  ],
  [
    'a wrong time on a special day',
    { specialDays: [{ date: '2026-10-01', intervals: [{ from: 'noon', to: '13:00' }] }] },
    'specialDays.0.intervals.0.from',
    'calendar.time',
  ],
]

test('a calendar that is right has no issues', () => {
  expect(checkCalendar(right)).toEqual([])
})

test.each(wrong)('%s is told with its place', (_, change, path, reason) => {
  expect(checkCalendar({ ...right, ...change })).toEqual([expect.objectContaining({ path, reason })])
})

test('a country has its weekend free to begin with', () => {
  const free = (country: string) => {
    const { week } = defaultCalendar(country, 'UTC')
    return ['MONDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'].filter((name) => !week[name as 'MONDAY'])
  }
  expect({ CN: free('CN'), DE: free('DE'), SA: free('SA'), AE: free('AE'), IN: free('IN') }).toEqual({
    CN: ['SATURDAY', 'SUNDAY'],
    DE: ['SATURDAY', 'SUNDAY'],
    SA: ['FRIDAY', 'SATURDAY'],
    AE: ['SATURDAY', 'SUNDAY'],
    IN: ['SUNDAY'],
  })
  expect(checkCalendar(defaultCalendar('CN', 'Asia/Shanghai'))).toEqual([])
})
