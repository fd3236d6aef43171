import { DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field } from 'type-graphql'

const CalendarFeedSchema = defineEntity({
  name: 'CalendarFeed',
  properties: {
    ...recordColumns,
    subject: p.string(),
    /** The roles that they had when they made the link. */
    roles: p.json<string[]>(),
    tokenHash: p.string(),
    readAt: p.datetime().nullable(),
  },
})

@EntityType('A link by which a calendar program reads the visits and tasks of a member of staff.')
export class CalendarFeed extends CalendarFeedSchema.class {
  @Field(() => String, { description: "Whose visits and tasks it shows: the identity provider's subject." })
  declare subject: string
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a program has last read it, give or take five minutes; null until one has.',
  })
  declare readAt: Date | null
  @Field(() => String, {
    nullable: true,
    description:
      'The link, to be kept like a password; it ends in `.ics` (RFC 5545). Only in the first answer to createCalendarFeed, null ever after.',
  })
  url?: string | null
}
CalendarFeedSchema.setClass(CalendarFeed)
