import { limits } from '@clientele/contracts'
import { ExpectedVersion, IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'

/** Which entry is corrected or voided, and why. */
@InputType()
export class CorrectionInput {
  @Field(() => ID, { description: 'The entry, by its id.' })
  id!: string
  @Limited(limits.correctionReason)
  @Field(() => String, { description: 'Why; shown with the entry.' })
  reason!: string
  @ExpectedVersion('The `version` that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
  @IdempotencyKey('Repeating the request with this key within 24 hours changes nothing again.')
  idempotencyKey?: string | null
}
