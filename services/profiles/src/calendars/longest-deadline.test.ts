import { addWorkingTime } from '@clientele/business-calendar'
import { limits } from '@clientele/contracts'
import { longestDeadline, weekOf } from './longest-deadline.js'

test('the farthest deadline is found with all holidays that a calendar may have on the days that are worked', () => {
  const week = [{ day: 'MONDAY', intervals: [{ from: '09:00', to: '10:00' }] }] as const
  const free = limits.holidays.most + limits.shiftedWorkingDays.most
  const monday = Date.UTC(2026, 0, 5)
  const specialDays = Array.from({ length: free }, (_, at) => ({
    date: new Date(monday + at * 7 * 86_400_000).toISOString().slice(0, 10),
    intervals: [],
  }))
  const calendar = { timeZone: 'Europe/Berlin', week: weekOf([...week] as never), specialDays }
  const hours = longestDeadline([...week] as never)
  expect(hours).toBe(limits.deadlineWeeks.most)
  expect(addWorkingTime(calendar, new Date(monday), hours * 3_600_000)).toBeDefined()
})
