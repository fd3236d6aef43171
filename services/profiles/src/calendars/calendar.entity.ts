import { type CalendarStatus, calendarStatus, limits } from '@clientele/contracts'
import { EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'
import { Holiday, ShiftedWorkingDay, WorkingDay } from './working-days.js'

registerEnumType(calendarStatus.enum, {
  name: 'CalendarStatus',
  description: 'Whether a calendar is in use.',
  valuesConfig: {
    ACTIVE: { description: 'In use.' },
    ARCHIVED: { description: 'Out of use; kept for what was counted by it.' },
  },
})

const BusinessCalendarSchema = defineEntity({
  name: 'BusinessCalendar',
  properties: {
    ...recordColumns,
    key: p.string(),
    name: p.string(),
    status: p.enum(() => calendarStatus.enum),
    timeZone: p.string(),
    week: p.json<WorkingDay[]>(),
    holidays: p.json<Holiday[]>(),
    shiftedWorkingDays: p.json<ShiftedWorkingDay[]>(),
  },
})

@EntityType('When people work: deadlines in working time are counted by it.')
export class BusinessCalendar extends BusinessCalendarSchema.class {
  @Field(() => String, { description: 'Short name for programs, unique in the tenant and never changed.' })
  declare key: string
  @Field(() => String, { description: 'Name for people.' })
  declare name: string
  @Field(() => calendarStatus.enum, { description: 'Whether it is in use.' })
  declare status: CalendarStatus
  @Field(() => String, { description: 'Time zone by IANA, whose wall clock the times are of.' })
  declare timeZone: string
  @ListSize(limits.workingDays)
  @Field(() => [WorkingDay], { description: 'Weekdays that are worked, Monday first; the others are free.' })
  declare week: WorkingDay[]
  @ListSize(limits.holidays)
  @Field(() => [Holiday], { description: 'Days that are free whatever the weekday, in order.' })
  declare holidays: Holiday[]
  @ListSize(limits.shiftedWorkingDays)
  @Field(() => [ShiftedWorkingDay], {
    description: 'Days with working time of their own, such as those worked in exchange (调休), in order.',
  })
  declare shiftedWorkingDays: ShiftedWorkingDay[]
}
BusinessCalendarSchema.setClass(BusinessCalendar)
