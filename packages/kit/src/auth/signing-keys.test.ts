import { generateKeyPairSync, type KeyObject, randomUUID, sign as signText } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { until } from '@clientele/testkit/until'
import { exportJWK, type JWK } from 'jose'
import { vi } from 'vitest'
import { epoch, issuerForTests, START, signer, verdictOf } from '../../fixture/issuer.js'
import type { VerifierOptions } from './verify-token.js'

const { idp, rsa, ec, clock, sign, claims, verifier } = await issuerForTests({ keyCooldownSeconds: 0.1 })
afterEach(() => vi.restoreAllMocks())
const count = (reasons: string[]) => Object.groupBy(reasons, (reason) => reason)
const ofUnknownKeys = async (many: number) => {
  const [, body, signature] = (await sign(claims())).split('.')
  const header = () =>
    Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: randomUUID() })).toString('base64url')
  return Array.from({ length: many }, () => `${header()}.${body}.${signature}`)
}
const unknown = 'UNAUTHENTICATED token.signature'

test('no token is refused because the issuer has just changed its keys', async () => {
  const verify = verifier().verify
  const reasons: string[] = []
  let current = ec
  for (let turn = 0; turn < 5; turn += 1) {
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, i) => sign(claims({ sub: `${turn}-${i}` }), current)),
    )
    const answers = tokens.map((token) => verdictOf(verify(token)))
    const old = current
    current = await signer('ES256', `next-${turn}`)
    idp.state.keys = [old.jwk, current.jwk]
    reasons.push(...(await Promise.all(answers)))
  }
  expect(Object.keys(count(reasons))).toEqual(['accepted'])
  expect(reasons).toHaveLength(100)
})

test('a thousand unknown keys cause one fetch per cool-down, while known ones go on', async () => {
  const verify = verifier().verify
  await verify(await sign(claims()))
  for (const fetches of [2, 3]) {
    const release = hold()
    const answers = (await ofUnknownKeys(1_000)).map((token) => verdictOf(verify(token)))
    expect(await verdictOf(verify(await sign(claims({ sub: `of-wave-${fetches}` }))))).toBe('accepted')
    release()
    expect(Object.keys(count(await Promise.all(answers)))).toEqual([unknown])
    expect(idp.state.keyFetches).toBe(fetches)
  }
})

const unknownKey = { kid: 'never-heard-of' }
test.each<[string, string, () => Promise<string>]>([
  ['another issuer', 'token.issuer', () => sign(claims({ iss: 'https://elsewhere.example' }), rsa, unknownKey)],
  ['another audience', 'token.audience', () => sign(claims({ aud: 'somebody-else' }), rsa, unknownKey)],
  ['a time that is over', 'token.expired', () => sign(claims({ exp: epoch(-60) }), rsa, unknownKey)],
  ['a time to come', 'token.not_yet_valid', () => sign(claims({ nbf: epoch(60) }), rsa, unknownKey)],
  ['another kind of token', 'token.type', () => sign(claims({ at_hash: 'x' }), rsa, unknownKey)],
  ['no proper tenant', 'token.tenant', () => sign(claims({ organization: undefined, tenant: '*' }), rsa, unknownKey)],
  ['a known key with another algorithm', 'token.signature', () => sign(claims(), rsa, { kid: 'ec-1' })],
  [
    'no key id where none of the keys fits',
    'token.signature',
    async () => sign(claims(), await signer('PS256', 'x'), { kid: undefined }),
  ],
])(
  'a token of %s is refused from its form: no later key could save it, and nothing is waited for',
  async (_, reason, token) => {
    const verify = verifier({ keyCooldownSeconds: 24 * 3_600 }).verify
    await verify(await sign(claims()))
    expect(await verdictOf(verify(await token()))).toBe(`UNAUTHENTICATED ${reason}`)
    expect(idp.state.keyFetches).toBe(1)
  },
)

test('no more than two hundred tokens wait for a fetch; the others are refused at once', async () => {
  const verify = verifier().verify
  await verify(await sign(claims()))
  const release = hold()
  let settled = 0
  const answers = (await ofUnknownKeys(1_500)).map((token) => verdictOf(verify(token)).finally(() => (settled += 1)))
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
  expect(settled).toBe(1_300)
  release()
  expect(Object.keys(count(await Promise.all(answers)))).toEqual([unknown])
})

/** The issuer answers no request for keys until it is released. */
function hold() {
  const { promise, resolve } = Promise.withResolvers<void>()
  idp.state.held = promise
  return resolve
}

test.each([
  ['no keys', () => []],
  ['keys for encryption only', () => [{ ...rsa.jwk, use: 'enc' }]],
])('an issuer with %s makes nobody ready', async (_, keys) => {
  const { ready } = verifier()
  idp.state.keys = keys()
  expect(await verdictOf(ready())).toBe('UNAVAILABLE issuer.unavailable')
  idp.state.keys = [rsa.jwk]
  expect(await verdictOf(ready())).toBe('accepted')
})

test('who is ready has the keys: no token waits for them, and none does while the issuer is away', async () => {
  const { verify, ready } = verifier()
  idp.state.up = false
  expect(await verdictOf(ready())).toBe('UNAVAILABLE issuer.unavailable')
  idp.state.up = true
  await until(() =>
    ready().then(
      () => true,
      () => false,
    ),
  )
  await Promise.all([ready(), ready()])
  expect(idp.state.keyFetches).toBe(1)
  idp.state.up = false
  expect(await verdictOf(ready())).toBe('accepted')
  expect(await verdictOf(verify(await sign(claims())))).toBe('accepted')
})

test('while the issuer is away, known keys stay in use, and it is asked once per cool-down', async () => {
  const verify = verifier().verify
  await verify(await sign(claims()))
  Object.assign(idp.state, { up: false, requests: 0 })
  const answers = (await ofUnknownKeys(200)).map((token) => verdictOf(verify(token)))
  expect(await verdictOf(verify(await sign(claims({ sub: 'known' }))))).toBe('accepted')
  expect(Object.keys(count(await Promise.all(answers)))).toEqual(['UNAVAILABLE issuer.unavailable'])
  expect(idp.state.requests).toBe(1)
})

test('without any keys it is the service that is not available, and it recovers', async () => {
  const verify = verifier().verify
  const token = await sign(claims())
  const tokens = [token, ...(await ofUnknownKeys(500))]
  idp.state.up = false
  const answers = await Promise.all(tokens.map((each) => verdictOf(verify(each))))
  expect(Object.keys(count(answers))).toEqual(['UNAVAILABLE issuer.unavailable'])
  expect(idp.state.requests).toBe(1)
  idp.state.up = true
  expect(await verdictOf(verify(token))).toBe('accepted')
})

test('the keys are refreshed behind the requests, and stay in use when that fails', async () => {
  const warnings: unknown[] = []
  const log = { warn: (...args: unknown[]) => warnings.push(args) } as unknown as VerifierOptions['log']
  const verify = verifier({ log }).verify
  await verify(await sign(claims()))
  idp.state.up = false
  clock.now = new Date(START.getTime() + 86_400_000)
  expect(await verdictOf(verify(await sign(claims({ exp: epoch(90_000) }))))).toBe('accepted')
  await until(() => warnings.length)
  expect(warnings).toHaveLength(1)
  idp.state.up = true
  idp.state.keys = [ec.jwk]
  clock.now = new Date(clock.now.getTime() + 601_000)
  const verdict = async () => verdictOf(verify(await sign(claims({ sub: randomUUID(), exp: epoch(90_000) }))))
  const revoked = await until(() => verdict().then((found) => found !== 'accepted' && found))
  expect(revoked).toBe(unknown)
})

test('a clock that is set back does not stop the fetches', async () => {
  const verify = verifier().verify
  await verify(await sign(claims()))
  clock.now = new Date(START.getTime() - 86_400_000)
  const next = await signer('ES256', 'ec-2')
  idp.state.keys = [next.jwk]
  const day = { iat: epoch(-86_400), exp: epoch(0) }
  expect(await verdictOf(verify(await sign(claims(day), next)))).toBe('accepted')
})

test.each<[string, string, () => Promise<JWK> | JWK]>([
  ['as it should be', 'accepted', () => rsa.jwk],
  [
    'that says nothing but its numbers and name',
    'accepted',
    () => ({ ...rsa.jwk, use: undefined, alg: undefined }) as never,
  ],
  ['for encryption', unknown, () => ({ ...rsa.jwk, use: 'enc' })],
  ['for another algorithm', unknown, () => ({ ...rsa.jwk, alg: 'RS512' })],
  ['for encryption by its algorithm', unknown, () => ({ ...rsa.jwk, alg: 'RSA-OAEP' })],
  ['that may not verify', unknown, () => ({ ...rsa.jwk, key_ops: ['encrypt'] })],
  ['whose private half is told', unknown, () => exportJWK(rsa.privateKey).then((jwk) => ({ ...rsa.jwk, ...jwk }))],
  ['that is a shared secret', unknown, () => ({ kty: 'oct', k: 'c2VjcmV0', kid: 'rsa-1', alg: 'RS256', use: 'sig' })],
  ['of another kind', unknown, () => ({ ...ec.jwk, kid: 'rsa-1', alg: undefined }) as never],
  ['without numbers', unknown, () => ({ kty: 'RSA', kid: 'rsa-1', alg: 'RS256', use: 'sig' })],
  ['of an exponent that hides nothing', unknown, () => ({ ...rsa.jwk, e: 'AQ' })],
])('a key %s: %s', async (_, expected, published) => {
  idp.state.keys = [await published(), ec.jwk]
  const { verify } = verifier()
  expect(await verdictOf(verify(await sign(claims())))).toBe(expected)
  expect(await verdictOf(verify(await sign(claims(), ec)))).toBe('accepted')
})

test.each([
  [1024, unknown],
  [2047, unknown],
  [2048, 'accepted'],
])('an RSA key of %d bits: %s', async (modulusLength, expected) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength })
  idp.state.keys = [{ ...(publicKey.export({ format: 'jwk' }) as JWK), kid: 'rsa-1', use: 'sig' }]
  const warnings: object[] = []
  const log = { warn: (fields: object) => warnings.push(fields) } as unknown as VerifierOptions['log']
  expect(await verdictOf(verifier({ log }).verify(await signedBy(privateKey)))).toBe(expected)
  expect(warnings).toEqual(expected === 'accepted' ? [] : [{ issuer: idp.issuer, kids: ['rsa-1'] }])
})

/** jose signs with no small key. */
async function signedBy(privateKey: KeyObject) {
  const [head, body] = (await sign(claims())).split('.')
  const text = `${head}.${body}`
  return `${text}.${signText('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}

test('two keys of one name are none', async () => {
  idp.state.keys = [rsa.jwk, (await signer('RS256', 'rsa-1')).jwk]
  expect(await verdictOf(verifier().verify(await sign(claims())))).toBe(unknown)
})

test('a discovery document of another issuer is not used; a key address of its own needs none, and is not left', async () => {
  idp.state.issuer = 'https://mallory.example'
  const token = await sign(claims())
  expect(await verdictOf(verifier().verify(token))).toBe('UNAVAILABLE issuer.unavailable')
  expect(await verdictOf(verifier({ jwksUri: `${idp.origin}/keys` }).verify(token))).toBe('accepted')
  expect(await verdictOf(verifier({ jwksUri: `${idp.origin}/moved` }).verify(token))).toBe(
    'UNAVAILABLE issuer.unavailable',
  )
})

test('an issuer with TLS whose document leads to keys without is not trusted', async () => {
  const issuer = 'https://issuer.example'
  const document = { issuer, jwks_uri: `${idp.origin}/keys` }
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(document))
  const { verify } = verifier({ issuer })
  expect(await verdictOf(verify(await sign(claims({ iss: issuer }))))).toBe('UNAVAILABLE issuer.unavailable')
  expect(globalThis.fetch).toHaveBeenCalledTimes(1)
})

test('a flood of refused tokens leaves nothing behind', async () => {
  const { verify } = verifier({ keyCooldownSeconds: 0.01 })
  const [head, body, signature] = (await sign(claims({ x: 'x'.repeat(4_000) }))).split('.') as [string, string, string]
  const kinds = [
    (i: number) => `${head}.${body}.${Buffer.from(`${i} ${randomUUID()}`.padEnd(256)).toString('base64url')}`,
    (i: number) => `${Buffer.from(JSON.stringify({ alg: 'none', i })).toString('base64url')}.${body}.`,
    (i: number) =>
      `${Buffer.from(JSON.stringify({ alg: 'RS256', kid: `${i}` })).toString('base64url')}.${body}.${signature}`,
    (i: number) => `${i}.${body}`,
  ]
  const flood = async (waves: number) => {
    for (let wave = 0; wave < waves; wave += 1) {
      const tokens = Array.from({ length: 500 }, (_, i) => kinds[i % kinds.length]!(wave * 1_000 + i))
      const reasons = await Promise.all(tokens.map((token) => verdictOf(verify(token))))
      expect(reasons).not.toContain('accepted')
    }
  }
  await flood(4)
  const before = await heap()
  await flood(16)
  expect((await heap()) - before).toBeLessThan(4_000_000) // 8000 tokens of 6 kB
})

/** Bytes in use after collecting garbage. */
async function heap() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise(setImmediate)
    collect()
  }
  return process.memoryUsage().heapUsed
}
