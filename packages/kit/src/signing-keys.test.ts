import { jest } from '@jest/globals'
import type { JWTPayload } from 'jose'
import { createVerifier, type VerifierOptions } from './auth.js'
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
afterEach(() => jest.restoreAllMocks())

const sign = (payload: JWTPayload, by = rsa) => signBy(payload, by)
const claims = (changes?: JWTPayload) => claimsFrom(idp.issuer, changes)
const verifier = (o: Partial<VerifierOptions> = {}) =>
  createVerifier({ issuer: idp.issuer, audience: AUDIENCE, now: () => clock, ...o })
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'accepted',
    (error) => `${error.code} ${error.reason}`,
  )

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
