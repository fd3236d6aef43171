import { connectionOf, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field } from 'type-graphql'

const TeamSchema = defineEntity({
  name: 'Team',
  properties: {
    ...recordColumns,
    key: p.string(),
    name: p.string(),
    leadId: p.uuid().nullable(),
    territory: p.string().nullable(),
    active: p.boolean(),
  },
})

@EntityType('A team of members of staff who do the same work.')
export class Team extends TeamSchema.class {
  @Field(() => String, { description: 'Key by which teams are named elsewhere, such as `complaints.emea`; unique.' })
  declare key: string
  @Field(() => String, { description: 'What people call it.' })
  declare name: string
  @Field(() => String, {
    nullable: true,
    description: 'Path of the territory that it works for, such as `emea/de`; null where it has none.',
  })
  declare territory: string | null
  @Field(() => Boolean, { description: 'Whether it is in use; false once it is archived.' })
  declare active: boolean
  /** Id of the member of staff who leads it. */
  declare leadId: string | null
}
TeamSchema.setClass(Team)

export const TeamConnection = connectionOf(Team, 'Team')
