import {
  arrayParameter,
  type Context,
  combining,
  DateTimeFilter,
  type Order,
  OrderDirection,
  type PageArgs,
  paginate,
  StringFilter,
  toWhere,
} from '@clientele/kit'
import { type FilterQuery, raw } from '@mikro-orm/core'
import { Field, InputType, registerEnumType } from 'type-graphql'
import { Staff } from './staff.entity.js'

@InputType({ description: 'Conditions on the teams that somebody is in; all that are given must hold.' })
export class StaffTeamFilter {
  @Field(() => String, { nullable: true, description: 'Is in the team with this key.' })
  eq?: string | null
  @Field(() => [String], { nullable: true, description: 'Is in a team with one of these keys.' })
  in?: string[] | null
}

@InputType({ description: 'Which members of staff; all conditions that are given must hold.' })
export class StaffFilter {
  @Field(() => [StaffFilter], combining.and)
  and?: StaffFilter[] | null
  @Field(() => [StaffFilter], combining.or)
  or?: StaffFilter[] | null
  @Field(() => StaffFilter, combining.not)
  not?: StaffFilter | null
  @Field(() => Boolean, { nullable: true, description: 'Whether they work here.' })
  active?: boolean | null
  @Field(() => StringFilter, { nullable: true, description: 'What colleagues call them.' })
  name?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: "The identity provider's `sub`." })
  subject?: StringFilter | null
  @Field(() => StaffTeamFilter, { nullable: true, description: 'Teams, by their keys.' })
  team?: StaffTeamFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When the record was created.' })
  createdAt?: DateTimeFilter | null
}

export enum StaffOrderField {
  NAME = 'name',
  CREATED_AT = 'createdAt',
}
registerEnumType(StaffOrderField, {
  name: 'StaffOrderField',
  description: 'By what members of staff are put in order.',
  valuesConfig: {
    NAME: { description: 'Name, as a dictionary of the language that NAME_LOCALE of the deployment names.' },
    CREATED_AT: { description: 'When the record was created.' },
  },
})

@InputType({ description: 'The order of a list of members of staff.' })
export class StaffOrder {
  @Field(() => StaffOrderField, { description: 'By what.' })
  field!: StaffOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}

const inTeam = ({ eq, in: any }: StaffTeamFilter): FilterQuery<Staff> => ({
  $and: [...(eq == null ? [] : [[eq]]), ...(any == null ? [] : [any])].map((keys) => ({
    id: {
      $in: raw(
        '(select staff_id from team_member join team on team.id = team_member.team_id where team.key = any(?::text[]))',
        [arrayParameter(keys)],
      ),
    },
  })),
})

/** A page of the staff, by name where no order is given. */
export const listStaff = (
  ctx: Context,
  page: PageArgs,
  filter: StaffFilter | null | undefined,
  order: StaffOrder | null | undefined,
) => {
  const orderBy: Order = [[order?.field ?? StaffOrderField.NAME, order?.direction ?? OrderDirection.ASC]]
  const where = toWhere<Staff>(filter, { team: inTeam })
  return paginate(ctx.em, Staff, { ...page, where, orderBy })
}
