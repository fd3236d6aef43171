import { type Context, type Refusal, refusalOf } from '@clientele/kit'
import { Field, ObjectType } from 'type-graphql'

/** Why a customer was not changed. */
export const refusalOfCustomer = (ctx: Pick<Context, 'log'>, error: unknown, customerId: string): Refusal =>
  refusalOf(ctx, error, { customerId }, 'a customer of a bulk change could not be changed')

@ObjectType({ description: 'Why customers would not be changed.' })
export class BulkRefusal {
  @Field(() => String, { description: 'Code of the error, as in `extensions.code`: `FORBIDDEN`, `INVALID`.' })
  code!: string
  @Field(() => String, {
    nullable: true,
    description: 'Reason of the error, such as `staff.left`; null where there is none.',
  })
  reason!: string | null
  @Field(() => String, { description: 'What is wrong, in the language of the request.' })
  message!: string
}
