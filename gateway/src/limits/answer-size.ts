import { Invalid } from '@clientele/kit'
import { GraphQLError, type OperationTypeNode } from 'graphql'

/** The refusal of an answer of more than so many characters; of a mutation it says that what was asked for is done. */
export const answerTooLarge = (most: number, operation: `${OperationTypeNode}`): Invalid =>
  operation === 'mutation'
    ? new Invalid(
        `The mutation took effect, but its answer would have more than ${most} characters. Do not send it again; ask for what it made with a query.`,
        { reason: 'answer.too_large_but_done', params: { most } },
      )
    : new Invalid(`The answer would have more than ${most} characters; ask for smaller pages or fewer fields.`, {
        reason: 'answer.too_large',
        params: { most },
      })

/** The same while an operation runs, with the code that errors of an answer carry. */
export const answerTooLargeError = (most: number, operation: `${OperationTypeNode}`): GraphQLError => {
  const { message, extensions } = answerTooLarge(most, operation)
  return new GraphQLError(message, { extensions })
}
