import { request } from 'undici'
import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { inTime } from '../service/in-time.js'

/** A service's own account at the issuer. */
export interface ServiceAccount {
  /** Whose account it is: the `iss` of its tokens. */
  issuer: string
  /** An access token that is valid now. Throws UNAVAILABLE, reason `issuer`, or `issuer.client` where the issuer refuses the account. */
  token(): Promise<string>
  /**
   * Throws UNAVAILABLE, reason `issuer.client`, while the issuer refuses the account. An issuer that does not answer is no fault of the account,
   * and does not keep what needs no new token from work: it answers with what is to be told of that, undefined where all is well.
   */
  check(): Promise<string | undefined>
}

interface AccountOptions {
  issuer: string
  clientId: string
  clientSecret: string
  /** Told when the issuer refuses the account, and when it accepts it again. */
  log?: Log
  /** How long a refusal is believed before the issuer is asked again, in milliseconds; 5 000 unless given. */
  refusalMs?: number
  /** How long an issuer that has answered is believed to be there, in milliseconds; 10 000 unless given. */
  reachedMs?: number
}

// Whoever waits for a token may hold a transaction open.
const limits = { headersTimeout: 5_000, bodyTimeout: 5_000 }

/** How long a check waits for the issuer: a probe wants its answer soon. */
const checkMs = 1_000

/** Errors of RFC 6749 by which the issuer says that it is the account that is wrong. */
const refusals = ['invalid_client', 'unauthorized_client']

/** Gets a service account's access token from the issuer, and keeps it until half a minute before it expires. */
export const clientCredentials = (o: AccountOptions): ServiceAccount => {
  let current: { token: string; until: number } | undefined
  let pending: Promise<string> | undefined
  let reachedAt = 0
  let refused: { error: Unavailable; until: number } | undefined

  const discover = async () => {
    const base = o.issuer.replace(/\/$/, '')
    const { statusCode, body } = await request(`${base}/.well-known/openid-configuration`, limits)
    const { token_endpoint } = (await body.json()) as { token_endpoint?: unknown }
    if (statusCode !== 200 || typeof token_endpoint !== 'string')
      throw new Error(`no discovery document: HTTP ${statusCode}`)
    reachedAt = Date.now()
    return { token_endpoint }
  }

  const fetchToken = async () => {
    const { token_endpoint } = await discover()
    const response = await request(token_endpoint, {
      ...limits,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(o.clientId)}:${encodeURIComponent(o.clientSecret)}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }).toString(),
    })
    const body = (await response.body.json()) as { access_token?: string; expires_in?: number; error?: string }
    if (body.error && refusals.includes(body.error)) throw refuse(body.error)
    if (!body.access_token) throw new Error(body.error ?? `HTTP ${response.statusCode}`)
    current = { token: body.access_token, until: Date.now() + ((body.expires_in ?? 60) - 30) * 1_000 }
    if (refused) o.log?.info({ client: o.clientId }, 'the issuer accepts the account of this service again')
    refused = undefined
    return body.access_token
  }

  const refuse = (reason: string) => {
    const message = `The issuer refuses the account ${o.clientId} of this service (${reason}): OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be those of a client that is there, with client credentials allowed.`
    const error = new Unavailable(message, { reason: 'issuer.client' })
    if (!refused) o.log?.error({ client: o.clientId, issuer: o.issuer, reason }, message)
    refused = { error, until: Date.now() + (o.refusalMs ?? 5_000) }
    return error
  }

  const token = async (): Promise<string> => {
    if (current && current.until > Date.now()) return current.token
    if (refused && refused.until > Date.now()) throw refused.error
    pending ??= fetchToken().finally(() => {
      pending = undefined
    })
    try {
      return await pending
    } catch (cause) {
      if (cause instanceof Unavailable) throw cause
      throw new Unavailable('The issuer gives this service no token now.', { reason: 'issuer', cause })
    }
  }

  return {
    issuer: o.issuer,
    token,
    check: async () => {
      const from = Date.now()
      const isThere = () => reachedAt + (o.reachedMs ?? 10_000) > from
      const isWell = await inTime(checkMs, async () => {
        await token()
        if (!isThere()) await discover()
      }).then(
        () => true,
        () => false,
      )
      if (refused) throw refused.error
      if (isWell) return undefined
      const own =
        current && current.until > Date.now() ? 'has a token that is valid still' : 'cannot ask other services'
      return `The issuer cannot be reached at ${o.issuer}: nobody new signs in, and this service ${own}.`
    },
  }
}
