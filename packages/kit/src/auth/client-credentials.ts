import { request } from 'undici'
import { Unavailable } from '../errors/errors.js'

// Whoever waits for a token may hold a transaction open.
const limits = { headersTimeout: 5_000, bodyTimeout: 5_000 }

/** Gets a service account's access token from the issuer, and keeps it until half a minute before it expires. */
export const clientCredentials = (o: { issuer: string; clientId: string; clientSecret: string }) => {
  let current: { token: string; until: number } | undefined
  let pending: Promise<string> | undefined

  const fetchToken = async () => {
    const base = o.issuer.replace(/\/$/, '')
    const discovery = await request(`${base}/.well-known/openid-configuration`, limits)
    const { token_endpoint } = (await discovery.body.json()) as { token_endpoint: string }
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
    if (!body.access_token) throw new Error(body.error ?? `HTTP ${response.statusCode}`)
    current = { token: body.access_token, until: Date.now() + ((body.expires_in ?? 60) - 30) * 1_000 }
    return body.access_token
  }

  return async (): Promise<string> => {
    if (current && current.until > Date.now()) return current.token
    pending ??= fetchToken().finally(() => {
      pending = undefined
    })
    try {
      return await pending
    } catch (cause) {
      throw new Unavailable('The issuer gives this service no token now.', { reason: 'issuer', cause })
    }
  }
}
