import { limits } from '@clientele/contracts'
import { combining, ExpectedVersion, IdempotencyKey, Limited, StringFilter } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'

@InputType()
export class TeamFields {
  @Field(() => ID, { nullable: true, description: 'Who leads the team, somebody who works here: their id or subject.' })
  leadId?: string | null
  @Limited(limits.teamMembers)
  @Field(() => [ID], {
    nullable: true,
    description: 'Ids or subjects of all members, the lead included where they are one; replaces those that there are.',
  })
  memberIds?: string[] | null
  @Limited(limits.key)
  @Field(() => String, { nullable: true, description: 'Path of the territory that it works for, such as `emea/de`.' })
  territory?: string | null
}

@InputType({ description: 'A new team.' })
export class CreateTeamInput extends TeamFields {
  @Limited(limits.key)
  @Field(() => String, { description: 'Key by which it is named elsewhere, such as `complaints.emea`; never changes.' })
  key!: string
  @Limited(limits.teamName)
  @Field(() => String, { description: 'What people call it.' })
  name!: string
  @IdempotencyKey('Repeating the request with this key within 24 hours makes no second team.')
  idempotencyKey?: string | null
}

@InputType({ description: 'A change of a team: what is left out stays, null clears, lists replace.' })
export class ChangeTeamInput extends TeamFields {
  @Field(() => ID, { description: 'The team.' })
  id!: string
  @Limited(limits.teamName)
  @Field(() => String, { nullable: true, description: 'What people call it; it cannot be cleared.' })
  name?: string | null
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which team.' })
export class ArchiveTeamInput {
  @Field(() => ID, { description: 'The team.' })
  id!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which teams; all conditions that are given must hold.' })
export class TeamFilter {
  @Field(() => [TeamFilter], combining.and)
  and?: TeamFilter[] | null
  @Field(() => [TeamFilter], combining.or)
  or?: TeamFilter[] | null
  @Field(() => TeamFilter, combining.not)
  not?: TeamFilter | null
  @Field(() => Boolean, { nullable: true, description: 'Whether it is in use.' })
  active?: boolean | null
  @Field(() => StringFilter, { nullable: true, description: 'Key.' })
  key?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'What people call it.' })
  name?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Path of the territory that it works for.' })
  territory?: StringFilter | null
}
