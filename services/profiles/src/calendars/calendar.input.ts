import { limits } from '@clientele/contracts'
import { ExpectedVersion, Limited } from '@clientele/kit'
import { Field, InputType, Int } from 'type-graphql'
import { HolidayInput, ShiftedWorkingDayInput, WorkingDayInput } from './working-days.js'

const expectedVersion = 'The version that you have seen; another one is a CONFLICT. 0 for a calendar that is to be new.'

@InputType({
  description: 'A calendar to be made, or changed where there is one of this key; what is absent or null stays.',
})
export class SaveCalendarInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'Short name for programs, unique in the tenant.' })
  key!: string
  @Limited(limits.calendarName)
  @Field(() => String, { nullable: true, description: 'Name for people; a new calendar needs it.' })
  name?: string | null
  @Limited(limits.timeZone)
  @Field(() => String, {
    nullable: true,
    description: 'Time zone by IANA; of a new calendar that of the tenant unless given.',
  })
  timeZone?: string | null
  @Limited(limits.workingDays)
  @Field(() => [WorkingDayInput], {
    nullable: true,
    description: 'Weekdays that are worked; a new calendar has the office hours of the country unless given.',
  })
  week?: WorkingDayInput[] | null
  @Limited(limits.holidays)
  @Field(() => [HolidayInput], { nullable: true, description: 'Days that are free, of all years.' })
  holidays?: HolidayInput[] | null
  @Limited(limits.shiftedWorkingDays)
  @Field(() => [ShiftedWorkingDayInput], {
    nullable: true,
    description: 'Days with working time of their own, of all years.',
  })
  shiftedWorkingDays?: ShiftedWorkingDayInput[] | null
  @ExpectedVersion(expectedVersion)
  expectedVersion?: number | null
}

@InputType({ description: 'The holidays of one year, in the stead of all that the calendar had for it.' })
export class SetHolidaysInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'Key of the calendar.' })
  key!: string
  @Field(() => Int, {
    description: `The year, ${limits.holidayYear.least} to ${limits.holidayYear.most}; all days lie in it.`,
  })
  year!: number
  @Limited(limits.yearHolidays)
  @Field(() => [HolidayInput], { description: 'Days that are free.' })
  holidays!: HolidayInput[]
  @Limited(limits.shiftedWorkingDays)
  @Field(() => [ShiftedWorkingDayInput], {
    nullable: true,
    description: 'Days with working time of their own; those of the year stay unless given.',
  })
  shiftedWorkingDays?: ShiftedWorkingDayInput[] | null
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'A calendar to be taken out of use.' })
export class ArchiveCalendarInput {
  @Limited(limits.key)
  @Field(() => String, { description: 'Key of the calendar.' })
  key!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}
