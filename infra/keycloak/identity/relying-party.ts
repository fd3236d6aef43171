import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Identity } from './identity.js'

export interface TokenAnswer {
  status: number
  error?: string
  access_token?: string
  refresh_token?: string
  id_token?: string
  scope?: string
}

/** The endpoints of an issuer, from its discovery document. */
export async function discover(issuer: string): Promise<Record<string, string> & { scopes_supported: string[] }> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  return (await response.json()) as Record<string, string> & { scopes_supported: string[] }
}

/** Asks the token endpoint. */
export async function requestToken(issuer: string, form: object, headers = {}): Promise<TokenAnswer> {
  const { token_endpoint } = await discover(issuer)
  const body = new URLSearchParams(form as Record<string, string>)
  const response = await fetch(String(token_endpoint), { method: 'POST', body, headers })
  return { status: response.status, ...((await response.json()) as object) }
}

/** A client that proves itself by its secret. */
export function bySecret(identity: Identity, clientId: string, form: object = {}, secret?: string) {
  const credentials = `${clientId}:${secret ?? identity.clientSecret(clientId)}`
  const headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
  return requestToken(identity.issuer, { grant_type: 'client_credentials', ...form }, headers)
}

/** A client that proves itself by a signature (RFC 7523); `signer` is whose key signs. It names no `kid`: Keycloak gives a single registered key a name of its own. */
export async function byKey(
  identity: Identity,
  clientId: string,
  form: object = {},
  signer: JWK = identity.clientKey(clientId),
) {
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(identity.issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(await importJWK(signer, 'RS256'))
  return requestToken(identity.issuer, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...form,
  })
}
