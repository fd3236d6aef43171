import { type GraphQLError, type GraphQLFormattedError, Kind } from 'graphql'
import type { Log } from '../config/log.js'
import { expectedError } from './map-error.js'

/** The errors of an answer as clients see them: closed codes, no insides. What nobody expected is masked and logged under the request's id. */
export const answerErrors = (errors: readonly GraphQLError[], requestId: string, log: Log): GraphQLFormattedError[] =>
  errors.map((error) => ({
    ...(error.path && { path: error.path }),
    ...(error.locations && { locations: error.locations }),
    ...describe(error, requestId, log),
  }))

const describe = (error: GraphQLError, requestId: string, log: Log) => {
  const expected = expectedError(error.originalError)
  if (expected) return { message: expected.message, extensions: { ...expected.extensions } }
  // graphql-js throws its own errors for what the request got wrong: syntax, validation, coercion.
  const isOfRequest = !error.originalError || error.originalError.name === 'GraphQLError'
  if (isOfRequest && !isOfAnswer(error)) {
    const { reason = 'query.invalid', fields } = error.extensions as { reason?: string; fields?: unknown }
    return { message: error.message, extensions: { code: 'INVALID', reason, ...(fields ? { fields } : {}) } }
  }
  log.error(
    { ...(!isOfAnswer(error) && { err: error.originalError }), path: error.path, requestId },
    'an unexpected error was masked',
  )
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId } }
}

/** What is wrong with a value of the answer is said of its field, and quotes the value; what is wrong with an argument, of the argument. */
const isOfAnswer = ({ path, nodes }: GraphQLError) => path !== undefined && nodes?.[0]?.kind === Kind.FIELD
