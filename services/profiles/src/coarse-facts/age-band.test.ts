import { ageBandOf } from './age-band.js'

test.each([
  // Who has a birthday on the first of a month is in the new band on the day, everybody else on the next first.
  ['2008-03-01', '2026-02-28', 'UNDER_18'],
  ['2008-03-01', '2026-03-01', 'FROM_18_TO_24'],
  ['2008-03-02', '2026-03-31', 'UNDER_18'],
  ['2008-03-02', '2026-04-01', 'FROM_18_TO_24'],
  ['2008-12-31', '2026-12-31', 'UNDER_18'],
  ['2008-12-31', '2027-01-01', 'FROM_18_TO_24'],
  ['2008-02-29', '2026-02-28', 'UNDER_18'],
  ['2008-02-29', '2026-03-01', 'FROM_18_TO_24'],
  // Born this month, and today.
  ['2026-03-17', '2026-03-20', 'UNDER_18'],
  ['2026-03-20', '2026-03-20', 'UNDER_18'],
  ['2001-06-01', '2026-05-31', 'FROM_18_TO_24'],
  ['2001-06-01', '2026-06-01', 'FROM_25_TO_34'],
  ['1991-06-01', '2026-06-01', 'FROM_35_TO_44'],
  ['1981-06-01', '2026-06-01', 'FROM_45_TO_54'],
  ['1971-06-01', '2026-06-01', 'FROM_55_TO_64'],
  ['1961-06-02', '2026-06-30', 'FROM_55_TO_64'],
  ['1961-06-01', '2026-06-01', 'FROM_65'],
  ['1850-01-01', '2026-06-01', 'FROM_65'],
])('who was born on %s is on %s %s', (birthDate, today, band) => expect(ageBandOf(birthDate, today)).toBe(band))
