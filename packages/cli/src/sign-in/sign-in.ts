import * as openid from 'openid-client'
import { z } from 'zod'
import { UsageError } from '../command.js'

/** The public client by which people sign in at the command line. */
const client = 'clientele-cli'

/** A person's sign-in at one platform, as it is kept. */
export const signIn = z.object({
  issuer: z.url(),
  accessToken: z.string(),
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: z.number(),
  /** Where the issuer gives none, the sign-in ends with its access token. */
  refreshToken: z.string().optional(),
  /** For somebody who works in several tenants: which one the requests are for. */
  tenant: z.string().optional(),
})
export type SignIn = z.output<typeof signIn>

/** What a person is shown: the page to open, and the code that it must show or be told. */
export interface DevicePrompt {
  page: string
  code: string
  /** How long the code is good, in seconds. */
  seconds: number
}

/**
 * Signs a person in at the issuer by a code that they confirm at a browser on whatever machine (RFC 8628).
 * Throws UsageError where the issuer cannot be reached, does not know the command line, or the person refuses or lets the code expire.
 */
export const signInByDevice = async (issuer: string, show: (prompt: DevicePrompt) => void, signal: AbortSignal) => {
  const issuing = await discover(issuer)
  try {
    const device = await openid.initiateDeviceAuthorization(issuing, { scope: 'openid' })
    const page = device.verification_uri_complete ?? device.verification_uri
    show({ page, code: device.user_code, seconds: device.expires_in })
    return kept(issuer, await openid.pollDeviceAuthorizationGrant(issuing, device, undefined, { signal }))
  } catch (error) {
    if (signal.aborted) throw new UsageError('Nobody was signed in.', { cause: error })
    throw refusedBy(issuer, error)
  }
}

/** The same sign-in with an access token that lasts. Throws UsageError where it has ended. */
export const renew = async ({ issuer, refreshToken, tenant }: SignIn): Promise<SignIn> => {
  if (!refreshToken) throw new UsageError(told.invalid_grant)
  const issuing = await discover(issuer)
  const tokens = await openid.refreshTokenGrant(issuing, refreshToken).catch((error) => {
    throw refusedBy(issuer, error)
  })
  // An issuer that goes on with the refresh token that it was sent need not repeat it (RFC 6749, section 6).
  return { refreshToken, ...kept(issuer, tokens), ...(tenant && { tenant }) }
}

/** Tells the issuer that the sign-in has ended. */
export const revoke = async ({ issuer, accessToken, refreshToken }: SignIn): Promise<void> => {
  const hint = refreshToken ? 'refresh_token' : 'access_token'
  await openid.tokenRevocation(await discover(issuer), refreshToken ?? accessToken, { token_type_hint: hint })
}

const discover = async (issuer: string) => {
  const { protocol, hostname } = new URL(issuer)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  if (protocol !== 'https:' && !isHere) throw new UsageError(`The issuer ${issuer} is not reached by https.`)
  const execute = protocol === 'https:' ? [] : [openid.allowInsecureRequests]
  return openid.discovery(new URL(issuer), client, undefined, openid.None(), { execute }).catch((error) => {
    throw new UsageError(`The issuer ${issuer} cannot be reached: ${causeOf(error)}`, { cause: error })
  })
}

const kept = (issuer: string, tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers): SignIn => ({
  issuer,
  accessToken: tokens.access_token,
  expiresAt: Date.now() + (tokens.expiresIn() ?? 0) * 1_000,
  ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }),
})

const told = {
  access_denied: 'The sign-in was refused at the browser.',
  expired_token: 'The code has expired before it was confirmed.',
  invalid_grant: 'The sign-in has ended. Sign in again: clientele login',
  invalid_client: `The issuer does not know the client ${client}.`,
  unauthorized_client: `The issuer does not let the client ${client} sign people in by a device code.`,
}

const refusedBy = (issuer: string, error: unknown) => {
  const code = error instanceof openid.ResponseBodyError ? error.error : ''
  return new UsageError(
    (told as Record<string, string>)[code] ?? `The issuer ${issuer} does not sign in: ${causeOf(error)}`,
    {
      cause: error,
    },
  )
}

const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? causeOf(error.cause) : error.message
}
