import { limits } from '@clientele/contracts'
import { EmailAddressScalar, ExpectedVersion, IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { WorkingIntervalInput } from './working-hours.js'

@InputType()
export class StaffArrangements {
  @Limited(limits.language)
  @Field(() => String, { nullable: true, description: 'The language that they read, a BCP 47 tag such as `zh-Hans`.' })
  language?: string | null
  @Limited(limits.timeZone)
  @Field(() => String, { nullable: true, description: 'Time zone by the IANA database, such as `Asia/Shanghai`.' })
  timeZone?: string | null
  @Limited(limits.workingHours)
  @Field(() => [WorkingIntervalInput], {
    nullable: true,
    description: 'All working hours of a week; replaces those that there are.',
  })
  workingHours?: WorkingIntervalInput[] | null
}

@InputType()
export class StaffFields extends StaffArrangements {
  @Field(() => EmailAddressScalar, { nullable: true, description: 'E-mail address at work.' })
  email?: string | null
  @Limited(limits.staffTerritories, limits.key)
  @Field(() => [String], {
    nullable: true,
    description: 'Paths of the territories that they work in; `*` is the whole tree. Replaces those that there are.',
  })
  territories?: string[] | null
  @Limited(limits.staffSkills, limits.key)
  @Field(() => [String], {
    nullable: true,
    description: 'Keys of what they are good at; replaces those that there are.',
  })
  skills?: string[] | null
}

@InputType({ description: 'A new member of staff, entered by hand.' })
export class RecordStaffInput extends StaffFields {
  @Limited(limits.subject)
  @Field(() => String, { description: "The identity provider's `sub` of this person." })
  subject!: string
  @Limited(limits.staffName)
  @Field(() => String, { description: 'What colleagues call them.' })
  name!: string
  @IdempotencyKey('Repeating the request with this key within 24 hours answers with who was recorded first.')
  idempotencyKey?: string | null
}

@InputType({ description: 'A change of a member of staff: what is left out stays, null clears, lists replace.' })
export class ChangeStaffInput extends StaffFields {
  @Field(() => ID, { description: 'Who: their id or their subject.' })
  id!: string
  @Limited(limits.staffName)
  @Field(() => String, { nullable: true, description: 'What colleagues call them; it cannot be cleared.' })
  name?: string | null
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'How somebody works: what is left out stays, null clears, lists replace.' })
export class ChangeStaffArrangementsInput extends StaffArrangements {
  @Field(() => ID, { description: 'Who: their id or their subject.' })
  id!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Who stands in for somebody.' })
export class SetSubstituteInput {
  @Field(() => ID, { description: 'Who is to be stood in for: their id or their subject.' })
  staffId!: string
  @Field(() => ID, {
    nullable: true,
    description: 'Who stands in, somebody who works here: their id or their subject; null for nobody.',
  })
  substituteId?: string | null
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which member of staff.' })
export class MarkStaffLeftInput {
  @Field(() => ID, { description: 'Who: their id or their subject.' })
  id!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which member of staff.' })
export class MarkStaffReturnedInput extends MarkStaffLeftInput {}
