import { type DayOfWeek, daysOfWeek } from '@clientele/business-calendar'
import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, InputType, Int, registerEnumType } from 'type-graphql'

const days = Object.fromEntries(daysOfWeek.map((day) => [day, day])) as { [Day in DayOfWeek]: Day }
registerEnumType(days, { name: 'DayOfWeek', description: 'A day of the week (ISO 8601).' })

@InputType({
  description:
    "When an automation takes customers, by the clock of the tenant's time zone: every day, or on weekdays, or on a day of the month. Where daylight saving skips the time it comes as much later, where it repeats it, the first time; a moment that was missed comes once, as soon as it can.",
})
export class AutomationScheduleInput {
  @Field(() => String, { description: 'Time of day, as `HH:MM`, from 00:00 to 23:59.' })
  at!: string
  @Limited(limits.automationWeekdays)
  @Field(() => [days], { nullable: true, description: 'On these days of the week only.' })
  weekdays?: DayOfWeek[] | null
  @Limited(limits.automationDayOfMonth)
  @Field(() => Int, {
    nullable: true,
    description: 'On this day of the month only; where a month has fewer days, on its last.',
  })
  dayOfMonth?: number | null
  @Limited(limits.automationOnceInDays)
  @Field(() => Int, {
    description: 'A customer is taken once within so many days, that of the moment included; 1: at every moment.',
  })
  onceInDays!: number
  @Limited(limits.automationCustomers)
  @Field(() => Int, {
    defaultValue: 1_000,
    description: 'How many customers are taken at one moment, at most; the others follow at the next.',
  })
  mostCustomers!: number
}
