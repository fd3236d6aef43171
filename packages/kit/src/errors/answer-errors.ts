import { type GraphQLError, type GraphQLFormattedError, Kind } from 'graphql'
import type { Log } from '../config/log.js'
import type { ClienteleError } from './errors.js'
import { expectedError } from './map-error.js'

type Failures = Map<
  string,
  { err: unknown; isMasked: boolean; reason?: string | undefined; paths: unknown[]; times: number }
>

/**
 * The errors of an answer as clients see them: closed codes, no insides. What nobody expected is masked; why that, or whatever else is not the
 * caller's fault, happened is logged under the request's id, once for all fields that failed alike.
 */
export const answerErrors = (errors: readonly GraphQLError[], requestId: string, log: Log): GraphQLFormattedError[] => {
  const failures: Failures = new Map()
  const told = errors.map((error) => ({
    ...(error.path && { path: error.path }),
    ...(error.locations && { locations: error.locations }),
    ...describe(error, requestId, failures),
  }))
  for (const { isMasked, ...failure } of failures.values()) {
    if (isMasked) log.error({ ...failure, requestId }, 'an unexpected error was masked')
    else log.warn({ ...failure, requestId }, 'a request could not be answered')
  }
  return told
}

const describe = (error: GraphQLError, requestId: string, failures: Failures) => {
  const expected = expectedError(error.originalError)
  if (expected && expected.code !== 'INTERNAL') {
    if (expected.code === 'UNAVAILABLE' && expected.reason !== 'request.abandoned') note(failures, error, expected)
    return { message: expected.message, extensions: { ...expected.extensions } }
  }
  // graphql-js throws its own errors for what the request got wrong: syntax, validation, coercion.
  const isOfRequest = !error.originalError || error.originalError.name === 'GraphQLError'
  if (!expected && isOfRequest && !isOfAnswer(error)) {
    const { reason = 'query.invalid', params = { detail: error.message }, fields } = error.extensions
    return { message: error.message, extensions: { code: 'INVALID', reason, params, ...(fields ? { fields } : {}) } }
  }
  note(failures, error)
  return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId } }
}

const note = (failures: Failures, error: GraphQLError, expected?: ClienteleError) => {
  const err = error.originalError ?? error
  const { name, message, code } = err as { name: string; message: string; code?: unknown }
  const key = [name, code, message].join()
  const known = failures.get(key) ?? { err, isMasked: !expected, reason: expected?.reason, paths: [], times: 0 }
  known.times++
  if (error.path && known.paths.length < 3) known.paths.push(error.path)
  failures.set(key, known)
}

/** What is wrong with a value of the answer is said of its field, and quotes the value; what is wrong with an argument, of the argument. */
const isOfAnswer = ({ path, nodes }: GraphQLError) => path !== undefined && nodes?.[0]?.kind === Kind.FIELD
