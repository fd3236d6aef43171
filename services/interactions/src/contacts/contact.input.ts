import { type ContactDirection, type ContactKind, contactDirection, contactKind, limits } from '@clientele/contracts'
import { DateTimeScalar, IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { CorrectionInput } from '../corrections/correction.input.js'

@InputType({ description: 'A contact that took place; with a subject, a body or both.' })
export class RecordContactInput {
  @Field(() => ID, { description: 'The customer concerned.' })
  customerId!: string
  @Field(() => contactKind.enum, { description: 'By which means, such as a call.' })
  kind!: ContactKind
  @Field(() => contactDirection.enum, { description: 'Who turned to whom.' })
  direction!: ContactDirection
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it took place, not in the future; now when left out.',
  })
  occurredAt?: Date | null
  @Limited(limits.contactSubject)
  @Field(() => String, { nullable: true, description: 'What it was about.' })
  subject?: string | null
  @Limited(limits.contactBody)
  @Field(() => String, { nullable: true, description: 'What was said or written.' })
  body?: string | null
  @IdempotencyKey('Repeating the request with this key within 24 hours records no second contact.')
  idempotencyKey?: string | null
}

@InputType({
  description:
    'A correction of a contact. What is left out stays; null clears `subject` and `body`, of which one must be left.',
})
export class CorrectContactInput extends CorrectionInput {
  @Field(() => contactKind.enum, { nullable: true, description: 'By which means, such as a call.' })
  kind?: ContactKind | null
  @Field(() => contactDirection.enum, { nullable: true, description: 'Who turned to whom.' })
  direction?: ContactDirection | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it took place, not in the future.' })
  occurredAt?: Date | null
  @Limited(limits.contactSubject)
  @Field(() => String, { nullable: true, description: 'What it was about.' })
  subject?: string | null
  @Limited(limits.contactBody)
  @Field(() => String, { nullable: true, description: 'What was said or written.' })
  body?: string | null
}

@InputType({ description: 'A contact that was entered by mistake.' })
export class VoidContactInput extends CorrectionInput {}
