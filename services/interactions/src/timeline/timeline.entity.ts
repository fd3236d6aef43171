import { connectionOf, DateTimeScalar, PageArgs } from '@clientele/kit'
import { ArgsType, Field, ID, InterfaceType, registerEnumType } from 'type-graphql'

export enum TimelineKind {
  VISIT = 'VISIT',
  COMPLAINT = 'COMPLAINT',
  CONTACT = 'CONTACT',
}
registerEnumType(TimelineKind, {
  name: 'TimelineKind',
  description: 'What stands in a timeline.',
  valuesConfig: {
    VISIT: { description: 'A visit, at its actual start, or its planned one before that.' },
    COMPLAINT: { description: 'A complaint, when it was received.' },
    CONTACT: { description: 'A call, mail, chat or note, when it took place.' },
  },
})

@InterfaceType({
  description: 'Something that we and a customer had, or will have, to do with each other.',
  resolveType: (entry: object) => entry.constructor.name,
})
export abstract class TimelineEntry {
  @Field(() => ID, { description: 'UUIDv7 of the visit, complaint or contact.' })
  id!: string
  @Field(() => DateTimeScalar, { description: 'Its place in time: in the future for a visit that is planned.' })
  readonly occurredAt!: Date
}

@ArgsType()
export class TimelineArgs extends PageArgs {
  @Field(() => [TimelineKind], { nullable: true, description: 'Only these kinds; all when left out.' })
  kinds?: TimelineKind[] | null
}

export const TimelineConnection = connectionOf(TimelineEntry, 'Timeline')
