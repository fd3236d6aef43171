import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jest } from '@jest/globals'
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { bearerToken, createVerifier, type VerifierOptions } from './auth.js'

const AUDIENCE = 'clientele-api'
const START = new Date('2026-03-01T12:00:00Z')

type Signer = { privateKey: CryptoKey; publicKey: CryptoKey; jwk: JWK; alg: string }

async function signer(alg: string, kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { privateKey, publicKey, alg, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** An issuer over HTTP whose keys and availability the tests change. */
async function startIssuer() {
  const state = { keys: [] as JWK[], up: true, keyFetches: 0, issuer: '' }
  const server = createServer((request, response) => {
    if (!state.up) return void request.socket.destroy()
    response.setHeader('content-type', 'application/json')
    if (request.url?.endsWith('/.well-known/openid-configuration')) {
      return void response.end(JSON.stringify({ issuer: state.issuer, jwks_uri: `${origin}/keys` }))
    }
    state.keyFetches += 1
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

let idp: Awaited<ReturnType<typeof startIssuer>>
let rsa: Signer
let ec: Signer
let clock: Date

beforeAll(async () => {
  idp = await startIssuer()
  rsa = await signer('RS256', 'rsa-1')
  ec = await signer('ES256', 'ec-1')
})
afterAll(() => idp?.stop())
beforeEach(() => {
  clock = START
  Object.assign(idp.state, { keys: [rsa.jwk, ec.jwk], up: true, keyFetches: 0, issuer: idp.issuer })
})
afterEach(() => jest.restoreAllMocks())

const epoch = (seconds: number) => START.getTime() / 1000 + seconds
const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: idp.issuer,
  aud: ['account', AUDIENCE],
  sub: 'u-1',
  exp: epoch(300),
  typ: 'Bearer',
  azp: 'web',
  tenant: 'acme',
  realm_access: { roles: ['sales', 'offline_access'] },
  groups: ['/territories/emea/de', '/staff'],
  ...changes,
})
const sign = (payload: JWTPayload, by: Signer = rsa, header: Record<string, unknown> = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: by.alg, kid: by.jwk.kid, typ: 'JWT', ...header }).sign(by.privateKey)
const verifier = (o: Partial<VerifierOptions> = {}) =>
  createVerifier({ issuer: idp.issuer, audience: AUDIENCE, now: () => clock, ...o })
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error) => `${error.code} ${error.reason}`,
  )

test.each([
  ['RS256', () => rsa],
  ['ES256', () => ec],
])('a token signed with %s becomes an actor', async (_, by) => {
  expect(await verifier().verify(await sign(claims(), by()))).toEqual({
    subject: 'u-1',
    roles: ['sales', 'offline_access'],
    tenant: 'acme',
    territories: ['emea/de'],
    kind: 'person',
    name: 'web',
  })
})

const hmacWithPublicKey = async () =>
  new SignJWT(claims())
    .setProtectedHeader({ alg: 'HS256', kid: 'rsa-1', typ: 'JWT' })
    .sign(new TextEncoder().encode(await exportSPKI(rsa.publicKey)))

const embeddedKey = async () => {
  const mallory = await signer('RS256', 'rsa-1')
  return sign(claims(), mallory, { jwk: mallory.jwk, jku: 'https://mallory.example/keys' })
}

const changedPayload = async () => {
  const [header, , signature] = (await sign(claims())).split('.')
  return [header, Buffer.from(JSON.stringify(claims({ sub: 'u-2' }))).toString('base64url'), signature].join('.')
}

test.each<[string, string, () => string | Promise<string>]>([
  ['no signature (alg none)', 'token.algorithm', () => new UnsecuredJWT(claims()).encode()],
  ['HMAC with the public key', 'token.algorithm', hmacWithPublicKey],
  ['an algorithm that is not listed', 'token.algorithm', async () => sign(claims(), await signer('RS512', 'rsa-1'))],
  ['a key that travels in the token', 'token.signature', embeddedKey],
  ['an unknown key id', 'token.signature', () => sign(claims(), rsa, { kid: 'unknown' })],
  ['a changed payload', 'token.signature', changedPayload],
  [
    'a critical header that we do not know',
    'token.malformed',
    async () => `${header({ alg: 'RS256', crit: ['x'], x: 1 })}.e30.AA`,
  ],
  ['another audience', 'token.audience', () => sign(claims({ aud: 'other' }))],
  ['no audience', 'token.audience', () => sign(claims({ aud: undefined }))],
  ['another issuer', 'token.issuer', () => sign(claims({ iss: 'https://idp.example' }))],
  ['no expiry', 'token.malformed', () => sign(claims({ exp: undefined }))],
  ['no subject', 'token.malformed', () => sign(claims({ sub: undefined }))],
  ['expiry beyond the skew', 'token.expired', () => sign(claims({ exp: epoch(-30) }))],
  ['expiry within the skew', 'accepted', () => sign(claims({ exp: epoch(-29) }))],
  ['a start beyond the skew', 'token.not_yet_valid', () => sign(claims({ nbf: epoch(31) }))],
  ['a start within the skew', 'accepted', () => sign(claims({ nbf: epoch(30) }))],
  ['an ID token', 'token.type', () => sign(claims({ typ: 'ID' }))],
  ['a refresh token', 'token.type', () => sign(claims({ typ: 'Refresh' }))],
  ['another media type', 'token.type', () => sign(claims(), rsa, { typ: 'logout+jwt' })],
  ['the media type of RFC 9068', 'accepted', () => sign(claims({ typ: undefined }), rsa, { typ: 'at+jwt' })],
  ['no tenant', 'token.tenant', () => sign(claims({ tenant: undefined }))],
  ['an empty text', 'token.malformed', () => ''],
  ['three words', 'token.malformed', () => 'not.a.token'],
  ['a very long text', 'token.malformed', () => 'x'.repeat(16_385)],
])('%s: %s', async (_, expected, token) => {
  const reason = await reasonOf(verifier().verify(await token()))
  expect(reason).toBe(expected === 'accepted' ? 'accepted' : `UNAUTHENTICATED ${expected}`)
})

const header = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a refusal never quotes the token', async () => {
  const token = await sign(claims({ exp: epoch(-60) }))
  const error = await verifier()
    .verify(token)
    .catch((caught) => caught)
  expect(error.reason).toBe('token.expired')
  for (const part of token.split('.')) expect(`${error.message}${JSON.stringify(error)}`).not.toContain(part)
})

test('a verified token is remembered for a short time, and never past its expiry', async () => {
  const verify = verifier({ cacheSeconds: 30, clockSkewSeconds: 0 }).verify
  const long = await sign(claims())
  const short = await sign(claims({ exp: epoch(10) }))
  const actor = await verify(long)
  expect(await verify(long)).toBe(actor)
  expect(await reasonOf(verify(short))).toBe('accepted')
  clock = new Date(START.getTime() + 10_000)
  expect(await reasonOf(verify(short))).toBe('UNAUTHENTICATED token.expired')
  clock = new Date(START.getTime() + 30_000)
  expect(await verify(long)).not.toBe(actor)
})

test('the least used token is forgotten first, and a refusal is not remembered', async () => {
  const verify = verifier({ cacheSize: 2 }).verify
  const [a, b, c, later] = await Promise.all([
    sign(claims({ sub: 'a' })),
    sign(claims({ sub: 'b' })),
    sign(claims({ sub: 'c' })),
    sign(claims({ nbf: epoch(60) })),
  ])
  const [first, second] = [await verify(a), await verify(b)]
  await verify(a)
  await verify(c)
  expect(await verify(a)).toBe(first)
  expect(await verify(b)).not.toBe(second)
  expect(await reasonOf(verify(later))).toBe('UNAUTHENTICATED token.not_yet_valid')
  clock = new Date(START.getTime() + 60_000)
  expect(await reasonOf(verify(later))).toBe('accepted')
})

test('a token that arrives many times at once is checked once', async () => {
  const verify = verifier().verify
  const token = await sign(claims())
  const actors = await Promise.all([verify(token), verify(token), verify(token)])
  expect(new Set(actors).size).toBe(1)
})

test('new keys are fetched when a token names one, but not again and again', async () => {
  const realNow = Date.now()
  const wall = jest.spyOn(Date, 'now').mockReturnValue(realNow)
  const verify = verifier().verify
  await verify(await sign(claims()))
  const next = await signer('RS256', 'rsa-2')
  idp.state.keys = [next.jwk]
  const token = await sign(claims(), next)
  expect(await reasonOf(verify(token))).toBe('UNAUTHENTICATED token.signature')
  expect(idp.state.keyFetches).toBe(1)
  wall.mockReturnValue(realNow + 6_000)
  expect(await reasonOf(verify(token))).toBe('accepted')
  expect(await reasonOf(verify(await sign(claims({ sub: 'late' }))))).toBe('UNAUTHENTICATED token.signature')
  expect(idp.state.keyFetches).toBe(2)
})

test('the keys are refreshed behind the requests, and stay in use while the issuer is away', async () => {
  const warnings: unknown[] = []
  const log = { warn: (...args: unknown[]) => warnings.push(args) } as unknown as VerifierOptions['log']
  const verify = verifier({ log }).verify
  await verify(await sign(claims()))
  idp.state.up = false
  clock = new Date(START.getTime() + 86_400_000)
  expect(await reasonOf(verify(await sign(claims({ exp: epoch(90_000) }))))).toBe('accepted')
  for (let turn = 0; warnings.length === 0 && turn < 100_000; turn += 1) await new Promise(setImmediate)
  expect(warnings).toHaveLength(1)
  idp.state.up = true
  idp.state.keys = [ec.jwk]
  clock = new Date(clock.getTime() + 601_000)
  for (let turn = 0; idp.state.keyFetches < 2 && turn < 500; turn += 1) {
    await reasonOf(verify(await sign(claims({ sub: `u-${turn}`, exp: epoch(90_000) }))))
  }
  let revoked = 'accepted'
  for (let turn = 0; revoked === 'accepted' && turn < 500; turn += 1) {
    revoked = await reasonOf(verify(await sign(claims({ sub: `v-${turn}`, exp: epoch(90_000) }))))
  }
  expect(revoked).toBe('UNAUTHENTICATED token.signature')
})

test('without any keys it is the service that is not available, and it recovers', async () => {
  const verify = verifier().verify
  const token = await sign(claims())
  idp.state.up = false
  expect(await reasonOf(verify(token))).toBe('UNAVAILABLE issuer.unavailable')
  idp.state.up = true
  expect(await reasonOf(verify(token))).toBe('accepted')
})

test('a discovery document of another issuer is not used; a key address of its own needs none', async () => {
  idp.state.issuer = 'https://mallory.example'
  const token = await sign(claims())
  expect(await reasonOf(verifier().verify(token))).toBe('UNAVAILABLE issuer.unavailable')
  expect(await reasonOf(verifier({ jwksUri: `${idp.origin}/keys` }).verify(token))).toBe('accepted')
})

test.each([
  [{ algorithms: ['RS256', 'HS256'] }, 'auth.algorithms'],
  [{ algorithms: ['none'] }, 'auth.algorithms'],
  [{ algorithms: [] }, 'auth.algorithms'],
  [{ clockSkewSeconds: 31 }, 'auth.clock_skew'],
])('unsafe options %j are refused', (options, reason) => {
  expect(() => verifier(options)).toThrow(expect.objectContaining({ code: 'INVALID', reason }))
})

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc', 'abc'],
  [undefined, 'token.missing'],
  ['', 'token.missing'],
  ['Basic abc', 'token.malformed'],
  ['Bearer', 'token.malformed'],
  ['Bearer a b', 'token.malformed'],
])('Authorization: %s', (value, expected) => {
  const read = () => {
    try {
      return bearerToken(value)
    } catch (error) {
      return (error as { reason: string }).reason
    }
  }
  expect(read()).toBe(expected)
})
