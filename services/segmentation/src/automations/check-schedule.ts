import { daysOfWeek, isTimeOfDay } from '@clientele/business-calendar'
import { limits } from '@clientele/contracts'
import { checkList, checkNumber, type ValidationIssues } from '@clientele/kit'
import type { AutomationSchedule } from './automation.entity.js'
import type { AutomationScheduleInput } from './schedule.input.js'

/** A schedule in the form in which it is stored. */
export const checkSchedule = (
  issues: ValidationIssues,
  path: string,
  { at, weekdays, dayOfMonth, onceInDays, mostCustomers }: AutomationScheduleInput,
): AutomationSchedule => {
  issues.must(isTimeOfDay(at), `${path}.at`, 'automation.time', 'a time as HH:MM, 00:00 to 23:59')
  issues.must(
    weekdays == null || dayOfMonth == null,
    `${path}.dayOfMonth`,
    'automation.recurrence',
    'days of the week or a day of the month, not both',
  )
  const days = checkList(issues, `${path}.weekdays`, weekdays, limits.automationWeekdays)
  return {
    at,
    ...(days && { weekdays: daysOfWeek.filter((day) => days.includes(day)) }),
    ...(dayOfMonth != null && {
      dayOfMonth: checkNumber(issues, `${path}.dayOfMonth`, dayOfMonth, limits.automationDayOfMonth),
    }),
    onceInDays: checkNumber(issues, `${path}.onceInDays`, onceInDays, limits.automationOnceInDays),
    mostCustomers: checkNumber(issues, `${path}.mostCustomers`, mostCustomers, limits.automationCustomers),
  }
}
