import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

export const AUDIENCE = 'clientele-api'
export const START = new Date('2026-03-01T12:00:00Z')

export type Signer = { privateKey: CryptoKey; publicKey: CryptoKey; jwk: JWK; alg: string }

/** A new key pair, and its public half as the issuer shows it. */
export async function signer(alg: string, kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { privateKey, publicKey, alg, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** An issuer over HTTP whose keys and availability the tests change through `state`. */
export async function startIssuer() {
  const state = { keys: [] as JWK[], up: true, requests: 0, keyFetches: 0, issuer: '', held: Promise.resolve() }
  const server = createServer(async (request, response) => {
    state.requests += 1
    if (!state.up) return void request.socket.destroy()
    if (request.url === '/moved') return void response.writeHead(302, { location: '/keys' }).end()
    response.setHeader('content-type', 'application/json')
    if (request.url?.endsWith('/.well-known/openid-configuration')) {
      return void response.end(JSON.stringify({ issuer: state.issuer, jwks_uri: `${origin}/keys` }))
    }
    state.keyFetches += 1
    await state.held
    response.end(JSON.stringify({ keys: state.keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  state.issuer = `${origin}/realms/clientele`
  return {
    state,
    issuer: state.issuer,
    origin,
    stop: () => new Promise((done) => server.close(done).closeAllConnections()),
  }
}

/** Seconds since 1970, so many after START. */
export const epoch = (seconds: number) => START.getTime() / 1000 + seconds

/** What Keycloak says about a sales person of tenant acme, for five minutes from START. */
export const claimsFrom = (issuer: string, changes: JWTPayload = {}): JWTPayload => ({
  iss: issuer,
  aud: ['account', AUDIENCE],
  sub: 'u-1',
  iat: epoch(0),
  exp: epoch(300),
  typ: 'Bearer',
  azp: 'web',
  scope: 'openid profile',
  organization: ['acme'],
  realm_access: { roles: ['sales', 'offline_access'] },
  groups: ['/territories/emea/de', '/staff'],
  ...changes,
})

export const sign = (payload: JWTPayload, by: Signer, header: Record<string, unknown> = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: by.alg, kid: by.jwk.kid, typ: 'JWT', ...header }).sign(by.privateKey)
