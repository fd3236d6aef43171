import { timeZoneName } from './time-zone-name.js'

test.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['america/argentina/BUENOS_AIRES', 'America/Argentina/Buenos_Aires'],
  ['etc/gmt+8', 'Etc/GMT+8'],
  ['utc', 'UTC'],
])('%s is %s', (text, name) => {
  expect(timeZoneName(text)).toBe(name)
})

test.each(['', 'Asia/Atlantis', '+08:00', 'T0000Z', 'Europe/Berlin ', '2026-01-01T00:00[Europe/Berlin]'])(
  '%j is none',
  (text) => {
    expect(timeZoneName(text)).toBeUndefined()
  },
)
