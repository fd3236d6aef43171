import { connectionOf, DateTimeScalar, PageArgs } from '@clientele/kit'
import { ArgsType, Field, ID, ObjectType } from 'type-graphql'

@ObjectType({ description: 'Something that you have to do, yourself or for somebody who is away.' })
export class AgendaEntry {
  @Field(() => ID, { description: 'Id of the task, visit or complaint.' })
  id!: string
  @Field(() => DateTimeScalar, {
    description:
      'Its place in time: when a task is due, when a visit is planned to begin, or the first deadline of a complaint that was missed or will be.',
  })
  at!: Date
  @Field(() => Boolean, {
    description:
      'Whether it is late: the task is due, the planned end of the visit or the deadline of the complaint has passed.',
  })
  overdue!: boolean
  @Field(() => String, {
    nullable: true,
    description:
      "The identity provider's subject of whoever you stand in for at this moment; null where it is your own.",
  })
  standsInForId!: string | null

  /** Which entity it is. */
  type!: string
}

@ArgsType()
export class AgendaArgs extends PageArgs {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only what is from then on; what is late stands there too when left out.',
  })
  from?: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Only what is before then.' })
  to?: Date | null
}

export const AgendaConnection = connectionOf(AgendaEntry, 'Agenda')
