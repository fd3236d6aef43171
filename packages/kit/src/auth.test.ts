import { exportSPKI, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { bearerToken, createVerifier, type VerifierOptions } from './auth.js'
import {
  AUDIENCE,
  claimsFrom,
  epoch,
  type Signer,
  START,
  sign as signBy,
  signer,
  startIssuer,
} from './issuer-fixture.js'

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

const sign = (payload: JWTPayload, by = rsa, header?: Record<string, unknown>) => signBy(payload, by, header)
const claims = (changes?: JWTPayload) => claimsFrom(idp.issuer, changes)
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
