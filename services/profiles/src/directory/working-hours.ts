import { type BusinessCalendar, checkCalendar, daysOfWeek } from '@clientele/business-calendar'
import { limits } from '@clientele/contracts'
import { checkList, type ValidationIssues } from '@clientele/kit'
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'

export const DayOfWeek = Object.fromEntries(daysOfWeek.map((day) => [day, day])) as {
  [Day in (typeof daysOfWeek)[number]]: Day
}
registerEnumType(DayOfWeek, { name: 'DayOfWeek', description: 'A day of the week (ISO 8601).' })

@ObjectType({ description: 'Working time on one day of every week, by the clock of the time zone of whoever works.' })
export class WorkingInterval {
  @Field(() => DayOfWeek, { description: 'The day.' })
  day!: (typeof daysOfWeek)[number]
  @Field(() => String, { description: 'When it begins, as `HH:MM`.' })
  from!: string
  @Field(() => String, { description: 'When it is over, as `HH:MM`; `24:00` is midnight.' })
  to!: string
}

@InputType({ description: 'Working time on one day of every week.' })
export class WorkingIntervalInput {
  @Field(() => DayOfWeek, { description: 'The day.' })
  day!: (typeof daysOfWeek)[number]
  @Field(() => String, { description: 'When it begins, as `HH:MM`.' })
  from!: string
  @Field(() => String, { description: 'When it is over, as `HH:MM`, later on the same day; `24:00` is midnight.' })
  to!: string
}

/** Working hours as they are stored, by day and time; undefined where none were given. */
export const checkWorkingHours = (
  issues: ValidationIssues,
  given: readonly WorkingIntervalInput[] | null | undefined,
): WorkingInterval[] | undefined => {
  const listed = checkList(issues, 'workingHours', given, limits.workingHours)
  if (!listed) return undefined
  const entries = listed.map((interval, place) => ({ ...interval, place })).toSorted(byTime)
  const onDay = (day: string) => entries.filter((entry) => entry.day === day)
  const week = Object.fromEntries(daysOfWeek.map((day) => [day, onDay(day)])) as BusinessCalendar['week']
  for (const { path, reason, message } of checkCalendar({ timeZone: 'UTC', week, specialDays: [] })) {
    const [, day, index, field] = path.split('.')
    // Whoever names no working hours has none of their own.
    if (index === undefined) continue
    issues.add(`workingHours.${onDay(day!)[Number(index)]!.place}.${field}`, reason, message)
  }
  return entries.map(({ day, from, to }) => ({ day, from, to }))
}

const byTime = (a: WorkingIntervalInput, b: WorkingIntervalInput) =>
  daysOfWeek.indexOf(a.day) - daysOfWeek.indexOf(b.day) || (a.from < b.from ? -1 : 1)
