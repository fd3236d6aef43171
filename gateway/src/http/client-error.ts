import type { ErrorCode } from '@clientele/kit'
import type { GraphQLFormattedError } from 'graphql'

const closedList: ReadonlySet<unknown> = new Set<ErrorCode>([
  'INVALID',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
])

/** What graphql-js, Apollo Server and the planner call a caller's mistake, and our reason for it. */
const callersMistakes: Record<string, string> = {
  BAD_REQUEST: 'request.invalid',
  BAD_USER_INPUT: 'variables.invalid',
  GRAPHQL_PARSE_FAILED: 'query.syntax',
  GRAPHQL_VALIDATION_FAILED: 'query.invalid',
  INVALID_GRAPHQL: 'query.invalid',
  OPERATION_RESOLUTION_FAILURE: 'operation.unknown',
  PERSISTED_QUERY_NOT_FOUND: 'persisted_query.not_supported',
  PERSISTED_QUERY_NOT_SUPPORTED: 'persisted_query.not_supported',
}

/** Known by their text only: what the planner or graphql-js gives up on, and a flood of variable faults. */
const uncodedMistakes: readonly [RegExp, string][] = [
  [
    /^Exceeded maximum recursive selections|^Number of non-local selections exceeds|^Too many options generated/,
    'query.too_complex',
  ],
  // A half of a pair of surrogates, as an escape.
  [/^Syntax Error: Invalid Unicode escape sequence: "\\u\{?0*d[89a-f]/i, 'text.malformed'],
  [/^Validation aborted/, 'query.too_complex'],
  [/^Too many errors processing variables/, 'variables.invalid'],
]

/** The masked form of an error that nobody expected. The request id leads to the log. */
export function internalError(requestId?: string): GraphQLFormattedError {
  return {
    message: 'Something went wrong on our side. Please try again; if it stays, tell us the request id.',
    extensions: { code: 'INTERNAL', ...(requestId && { requestId }) },
  }
}

/** An error without the names that graphql-js suggests instead of a wrong one. */
export function withoutSuggestion(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replace(/ Did you mean [^?]{1,1000}\?\s*$/, '') }
}

/** Brings any error into the closed list: what is known passes with its code, reason, parameters, fields, roles and path, everything else is masked. */
export function clientError(error: GraphQLFormattedError, requestId?: string): GraphQLFormattedError {
  const { code, reason, params, fields, roles, service, requestId: known } = error.extensions ?? {}
  const where = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) }
  const mistake = closedList.has(code) ? undefined : mistakeOf(code, error.message)
  if (mistake === 'query.too_complex') {
    const message = 'The query is too complex to be checked and planned; ask for less at once.'
    return { message, extensions: { code: 'INVALID', reason: mistake } }
  }
  const at = fields !== undefined && { fields }
  if (mistake) {
    const detail = brief(error.message.trim())
    // An enum of ours says more of a value that it does not have than that it is wrong.
    const why = params === undefined ? { reason: mistake, params: { detail } } : { reason, params }
    return { message: detail, ...where, extensions: { code: 'INVALID', ...why, ...at } }
  }
  if (code === 'INTERNAL' || !closedList.has(code)) {
    return { ...internalError(typeof known === 'string' ? known : requestId), ...where }
  }
  const named = {
    ...(reason !== undefined && { reason }),
    ...(params !== undefined && { params }),
    ...at,
    ...(roles !== undefined && { roles }),
  }
  return {
    message: brief(error.message),
    ...where,
    extensions: { code, ...named, ...(service !== undefined && { service }) },
  }
}

/** graphql-js quotes the value that is wrong, however long. */
const brief = (message: string) => (message.length > 500 ? `${message.slice(0, 500)}…` : message)

function mistakeOf(code: unknown, message: string): string | undefined {
  const uncoded = uncodedMistakes.find(([pattern]) => pattern.test(message))
  if (uncoded) return uncoded[1]
  return typeof code === 'string' && Object.hasOwn(callersMistakes, code) ? callersMistakes[code] : undefined
}
