import { limits } from '@clientele/contracts'
import { DateScalar, Limited, ListSize } from '@clientele/kit'
import { Field, InputType, ObjectType } from 'type-graphql'
import { DayOfWeek } from '../directory/working-hours.js'

@ObjectType({ description: 'A stretch of work within one day, by the wall clock.' })
@InputType('WorkingSpanInput', { description: 'A stretch of work within one day, by the wall clock.' })
export class WorkingSpan {
  @Field(() => String, { description: 'When it begins, `HH:MM`.' })
  from!: string
  @Field(() => String, { description: 'When it ends, `HH:MM`; `24:00` is midnight.' })
  to!: string
}

@ObjectType({ description: 'A weekday that is worked.' })
export class WorkingDay {
  @Field(() => DayOfWeek, { description: 'The weekday.' })
  day!: keyof typeof DayOfWeek
  @ListSize(limits.workingIntervals)
  @Field(() => [WorkingSpan], { description: 'When people work, in order.' })
  intervals!: WorkingSpan[]
}

@InputType({ description: 'A weekday that is worked.' })
export class WorkingDayInput {
  @Field(() => DayOfWeek, { description: 'The weekday.' })
  day!: keyof typeof DayOfWeek
  @Limited(limits.workingIntervals)
  @Field(() => [WorkingSpan], { description: 'When people work, in order and apart.' })
  intervals!: WorkingSpan[]
}

@ObjectType({ description: 'A day that is free whatever the weekday.' })
export class Holiday {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string
  @Field(() => String, { description: 'What it is called, in a language of the tenant.' })
  name!: string
}

@InputType({ description: 'A day that is free whatever the weekday.' })
export class HolidayInput {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string
  @Limited(limits.holidayName)
  @Field(() => String, { description: 'What it is called.' })
  name!: string
}

@ObjectType({
  description: 'A day with working time of its own: worked in exchange for another (调休), or for some hours only.',
})
export class ShiftedWorkingDay {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string
  @ListSize(limits.workingIntervals)
  @Field(() => [WorkingSpan], { description: 'When people work on it, in order.' })
  intervals!: WorkingSpan[]
}

@InputType({
  description: 'A day with working time of its own: worked in exchange for another (调休), or for some hours only.',
})
export class ShiftedWorkingDayInput {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string
  @Limited(limits.workingIntervals)
  @Field(() => [WorkingSpan], {
    nullable: true,
    description: 'When people work on it; as on the first weekday that is worked unless given.',
  })
  intervals?: WorkingSpan[] | null
}
