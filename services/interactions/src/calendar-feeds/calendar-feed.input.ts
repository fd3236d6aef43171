import { limits } from '@clientele/contracts'
import { IdempotencyKey, Limited } from '@clientele/kit'
import { Field, InputType } from 'type-graphql'

@InputType({ description: 'That a calendar program is to read your visits and tasks.' })
export class CreateCalendarFeedInput {
  @IdempotencyKey(
    'Repeating the request with this key within 24 hours makes no other link, and does not show it again.',
  )
  idempotencyKey?: string | null
}

@InputType({ description: 'Whose calendar is read no longer.' })
export class RemoveCalendarFeedInput {
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description: "The identity provider's subject of whoever it shows; you when left out. Of others for admin.",
  })
  subject?: string | null
}
