import { absenceReason, limits } from '@clientele/contracts'
import { DateScalar, ExpectedVersion, IdempotencyKey, Limited, type ValidationIssues } from '@clientele/kit'
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'

export const AbsenceReason = absenceReason.enum
export type AbsenceReason = (typeof AbsenceReason)[keyof typeof AbsenceReason]
registerEnumType(AbsenceReason, {
  name: 'AbsenceReason',
  description: 'Why somebody is away. No reason tells of illness, which is LEAVE like others: all colleagues see it.',
  valuesConfig: {
    VACATION: { description: 'On holiday.' },
    LEAVE: { description: 'Off work for a reason that is their own.' },
    TRAVEL: { description: 'On a journey for work, and not to be reached.' },
    TRAINING: { description: 'At a course or a conference.' },
    OTHER: { description: 'Anything else.' },
  },
})

@ObjectType({ description: 'Days on which a member of staff is away.' })
export class Absence {
  @Field(() => ID, { description: 'UUID, given once and never reused.' })
  id!: string
  @Field(() => DateScalar, { description: 'The first day, in the time zone of whoever is away.' })
  from!: string
  @Field(() => DateScalar, { description: 'The last day.' })
  until!: string
  @Field(() => AbsenceReason, { description: 'Why.' })
  reason!: AbsenceReason
}

@InputType({ description: 'When a member of staff is away.' })
export class RecordAbsenceInput {
  @Field(() => ID, { description: 'Who is away: their id or their subject.' })
  staffId!: string
  @Limited(limits.eventTime)
  @Field(() => DateScalar, {
    description: 'The first day, in their time zone. Absences of one person do not overlap.',
  })
  from!: string
  @Field(() => DateScalar, { description: 'The last day, which may be the first.' })
  until!: string
  @Field(() => AbsenceReason, { description: 'Why.' })
  reason!: AbsenceReason
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
  @IdempotencyKey('Repeating the request with this key within 24 hours records no second absence.')
  idempotencyKey?: string | null
}

@InputType({ description: 'An absence that does not take place, or was entered by mistake.' })
export class RemoveAbsenceInput {
  @Field(() => ID, { description: 'Whose absence it is: their id or their subject.' })
  staffId!: string
  @Field(() => ID, { description: 'The absence.' })
  absenceId!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

/** Whether the days of an absence can be: in order, and not before there were any. */
export const checkAbsence = (issues: ValidationIssues, { from, until }: Pick<RecordAbsenceInput, 'from' | 'until'>) => {
  const { least } = limits.eventTime
  issues.must(from >= least, 'from', 'date.out_of_range', `a day from ${least} on`, { least })
  issues.must(from <= until, 'until', 'absence.reversed', 'a day that is not before the first')
}
