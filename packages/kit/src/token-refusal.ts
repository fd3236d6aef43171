import { errors } from 'jose'
import { type ClienteleError, Unauthenticated, Unavailable } from './errors.js'

const REFUSALS = {
  'token.expired': 'The token has expired.',
  'token.signature': 'The token is not signed by a key of the issuer.',
  'token.audience': 'The token is meant for another service.',
  'token.issuer': 'The token comes from another issuer.',
  'token.algorithm': 'The token is not signed with an accepted algorithm.',
  'token.malformed': 'The token is malformed.',
  'token.not_yet_valid': 'The token is not valid yet.',
} as const

type Reason = keyof typeof REFUSALS

const BY_CLAIM: Record<string, Reason> = { aud: 'token.audience', iss: 'token.issuer', nbf: 'token.not_yet_valid' }

const BY_CODE: Record<string, Reason> = {
  [errors.JWTExpired.code]: 'token.expired',
  [errors.JWSSignatureVerificationFailed.code]: 'token.signature',
  [errors.JWKSNoMatchingKey.code]: 'token.signature',
  [errors.JWKSMultipleMatchingKeys.code]: 'token.signature',
  [errors.JOSEAlgNotAllowed.code]: 'token.algorithm',
  [errors.JOSENotSupported.code]: 'token.malformed',
  [errors.JWSInvalid.code]: 'token.malformed',
  [errors.JWTInvalid.code]: 'token.malformed',
}

/** Says in our words why jose refused a token. What is not the token's fault (the keys cannot be fetched) is Unavailable. */
export function refusal(error: unknown): ClienteleError {
  const reason =
    error instanceof errors.JWTClaimValidationFailed
      ? (BY_CLAIM[error.claim] ?? 'token.malformed')
      : BY_CODE[(error as { code?: string } | null)?.code ?? '']
  if (reason) return new Unauthenticated(REFUSALS[reason], { reason })
  return new Unavailable('The token cannot be checked, because the keys of its issuer cannot be fetched.', {
    reason: 'issuer.unavailable',
    cause: error,
  })
}
