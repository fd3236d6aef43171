import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Log } from './log.js'
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
  if (!error.originalError || error.originalError.name === 'GraphQLError') {
    const { reason = 'query.invalid', fields } = error.extensions as { reason?: string; fields?: unknown }
    return { message: error.message, extensions: { code: 'INVALID', reason, ...(fields ? { fields } : {}) } }
  }
  log.error({ err: error.originalError, path: error.path, requestId }, 'an unexpected error was masked')
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId } }
}
