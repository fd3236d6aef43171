import { errors } from 'jose'
import type { Log } from '../config/log.js'
import { Unauthenticated } from '../errors/errors.js'

const MESSAGES = {
  'token.missing': 'The request carries no bearer token.',
  'token.malformed': 'The token is malformed.',
  'token.header': 'The header of the token asks for what is not accepted here.',
  'token.algorithm': 'The token is not signed with an accepted algorithm.',
  'token.signature': 'The token is not signed by a key of the issuer.',
  'token.issuer': 'The token comes from another issuer.',
  'token.audience': 'The token is meant for another service.',
  'token.expired': 'The token has expired.',
  'token.not_yet_valid': 'The token is not valid yet.',
  'token.lifetime': 'The token lives longer than an access token may.',
  'token.type': 'The token is not a bearer access token.',
  'token.tenant': 'The token names no tenant.',
} as const

/** Why a request is not authenticated: the `reason` of the error, and of the line in the log. */
export type TokenFault = keyof typeof MESSAGES

/** The refusal of a token. Its message never quotes the token. */
export const refused = (reason: TokenFault, message: string = MESSAGES[reason]) =>
  new Unauthenticated(message, { reason })

const BY_CODE: Record<string, TokenFault> = {
  [errors.JWSSignatureVerificationFailed.code]: 'token.signature',
  [errors.JWKSNoMatchingKey.code]: 'token.signature',
  [errors.JWKSMultipleMatchingKeys.code]: 'token.signature',
  [errors.JOSEAlgNotAllowed.code]: 'token.algorithm',
}

/** Says in our words why jose refused a token; what is not jose's refusal stays as it is. */
export function refusal(error: unknown): unknown {
  return error instanceof errors.JOSEError ? refused(BY_CODE[error.code] ?? 'token.malformed') : error
}

/** The one line about a request that was not authenticated, in the process that refuses it: why, and nothing of the token. */
export function reportRefusal(log: Log, error: unknown, requestId: string): void {
  if (error instanceof Unauthenticated) log.warn({ reason: error.reason, requestId }, 'request not authenticated')
}
