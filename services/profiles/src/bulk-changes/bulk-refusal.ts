import { type Context, expectedError, type Params } from '@clientele/kit'
import { Field, ObjectType } from 'type-graphql'

/** Why a customer was not changed, as it is kept: the message is told in the language of whoever reads it. */
export interface StoredRefusal {
  code: string
  reason: string | null
  message: string
  params?: Params | undefined
}

/** What an error says of one customer; what nobody expected is masked, and logged. */
export const refusalOf = (ctx: Pick<Context, 'log'>, error: unknown, customerId: string): StoredRefusal => {
  const expected = expectedError(error)
  if (!expected || expected.code === 'INTERNAL') {
    ctx.log.error({ err: error, customerId }, 'a customer of a bulk change could not be changed')
    return { code: 'INTERNAL', reason: null, message: 'Something went wrong on our side.' }
  }
  const { code, message, reason = null, params } = expected
  return { code, reason, message, ...(params && { params }) }
}

export const told = (ctx: Pick<Context, 'tell'>, { code, reason, message, params }: StoredRefusal) => ({
  code,
  reason,
  message: reason === null ? message : ctx.tell({ reason, message, params } as never),
})

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
