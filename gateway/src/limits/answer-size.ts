import { Invalid } from '@clientele/kit'
import { GraphQLError } from 'graphql'

/** The refusal of an answer of more than so many characters. */
export const answerTooLarge = (most: number): Invalid =>
  new Invalid(`The answer would have more than ${most} characters; ask for smaller pages or fewer fields.`, {
    reason: 'answer.too_large',
  })

/** The same while an operation runs, with the code that errors of an answer carry. */
export const answerTooLargeError = (most: number): GraphQLError => {
  const { code, reason, message } = answerTooLarge(most)
  return new GraphQLError(message, { extensions: { code, reason } })
}
