import { AUDIENCE, epoch, issuerForTests, START, signer, verdictOf } from '../../fixture/issuer.js'
import { bearerToken } from './verify-token.js'

const { idp, rsa, ec, clock, sign, claims, verifier } = await issuerForTests()

test.each([
  ['RS256', () => rsa],
  ['ES256', () => ec],
])('a token signed with %s becomes an actor', async (_, by) => {
  expect(await verifier().verify(await sign(claims(), by()))).toEqual({
    subject: 'u-1',
    roles: ['sales', 'offline_access'],
    tenant: 'acme',
    territories: ['emea/de'],
    scopes: ['openid', 'profile'],
    kind: 'person',
    name: 'web',
  })
})

/** What is not right in itself is tried by the forged tokens of the testkit; here is the border to what is right. */
test.each<[string, string, () => string | Promise<string>]>([
  ['expiry at the skew', 'token.expired', () => sign(claims({ exp: epoch(-30) }))],
  ['expiry within the skew', 'accepted', () => sign(claims({ exp: epoch(-29) }))],
  ['a start beyond the skew', 'token.not_yet_valid', () => sign(claims({ nbf: epoch(31) }))],
  ['a start within the skew', 'accepted', () => sign(claims({ nbf: epoch(30) }))],
  ['issued beyond the skew', 'token.not_yet_valid', () => sign(claims({ iat: epoch(31) }))],
  ['issued within the skew', 'accepted', () => sign(claims({ iat: epoch(30) }))],
  ['the longest life', 'accepted', () => sign(claims({ exp: epoch(31 * 86_400) }))],
  ['a longer life', 'token.lifetime', () => sign(claims({ exp: epoch(31 * 86_400 + 1) }))],
  ['the media type of RFC 9068', 'accepted', () => sign(claims({ typ: undefined }), rsa, { typ: 'at+jwt' })],
  ['the same in full and in capitals', 'accepted', () => sign(claims(), rsa, { typ: 'application/AT+JWT' })],
  ['JWT that does not say that it is a bearer token', 'token.type', () => sign(claims({ typ: undefined }))],
  ['one audience', 'accepted', () => sign(claims({ aud: AUDIENCE }))],
  ['the longest subject, of any script', 'accepted', () => sign(claims({ sub: '客'.repeat(255) }))],
  ['half a character in the subject', 'token.malformed', () => sign(claims({ sub: 'a\ud800' }))],
  ['NUL in a group', 'token.malformed', () => sign(claims({ groups: ['/territories/a\0'] }))],
  ['a noncharacter in a role', 'token.malformed', () => sign(claims({ realm_access: { roles: ['a\uffff'] } }))],
  ['a longer subject', 'token.malformed', () => sign(claims({ sub: 'x'.repeat(256) }))],
  ['no roles, groups, scopes and client', 'accepted', () => sign(claims(nothing))],
  ['names twice, but in different objects', 'accepted', () => sign(claims({ a: { sub: [{ sub: '"sub":1,{' }] } }))],
  ['sixteen levels', 'accepted', () => sign(claims({ a: nested(15) }))],
  ['seventeen levels', 'token.malformed', () => sign(claims({ a: nested(16) }))],
  [
    'claims in Chinese and an emoji',
    'accepted',
    () => sign(claims({ name: '陈晓雨 👋', groups: ['/territories/华东'] })),
  ],
  ['PS256 with a key that says no algorithm', 'accepted', signedByPss],
  ['no key named where one fits', 'accepted', () => sign(claims(), rsa, { kid: undefined })],
  ['a header that nobody needs to understand', 'accepted', () => sign(claims(), rsa, { x: 1, x5t: 'abc' })],
  ['a text almost too long', 'accepted', () => ofLength(16_380)],
  ['a longer text', 'token.malformed', () => ofLength(16_385)],
])('%s: %s', async (_, expected, token) => {
  const reason = await verdictOf(verifier().verify(await token()))
  expect(reason).toBe(expected === 'accepted' ? 'accepted' : `UNAUTHENTICATED ${expected}`)
})

const nothing = { realm_access: undefined, groups: undefined, scope: undefined, azp: undefined }
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

async function signedByPss() {
  const pss = await signer('PS256', 'pss-1')
  idp.state.keys.push({ ...pss.jwk, alg: undefined } as never)
  return sign(claims(), pss)
}

/** A right token of so many characters, or up to four more: not every length can be had. */
async function ofLength(length: number) {
  const least = await sign(claims({ x: '' }))
  for (let filling = Math.floor(((length - least.length) * 3) / 4) - 3; ; filling += 1) {
    const token = await sign(claims({ x: 'x'.repeat(filling) }))
    if (token.length >= length) return token
  }
}

test('roles, groups and scopes count only where the realm writes them', async () => {
  const elsewhere = {
    roles: ['admin'],
    role: 'admin',
    resource_access: { 'clientele-api': { roles: ['admin'] } },
    realm_access: { roles: ['sales', 'partner'], groups: ['/territories'] },
    Realm_access: { roles: ['admin'] },
    permissions: ['admin'],
    territories: [''],
    scp: 'customers.read',
    scopes: ['customers.read'],
    kind: 'service',
  }
  expect(await verifier().verify(await sign(claims(elsewhere)))).toMatchObject({
    roles: ['sales'],
    territories: ['emea/de'],
    scopes: ['openid', 'profile'],
    kind: 'person',
    tenant: 'acme',
  })
})

test('a refusal never quotes the token', async () => {
  const token = await sign(claims({ exp: epoch(-60) }))
  const error = await verifier()
    .verify(token)
    .catch((caught) => caught)
  expect(error.reason).toBe('token.expired')
  for (const part of token.split('.')) expect(`${error.message}${JSON.stringify(error)}`).not.toContain(part)
})

test('what a verified token says is remembered for a short time, and never past its expiry', async () => {
  const verify = verifier({ cacheSeconds: 30, clockSkewSeconds: 0 }).verify
  const long = await sign(claims())
  const short = await sign(claims({ exp: epoch(10) }))
  const { roles } = await verify(long)
  expect((await verify(long)).roles).toBe(roles)
  expect(await verdictOf(verify(short))).toBe('accepted')
  clock.now = new Date(START.getTime() + 10_000)
  expect(await verdictOf(verify(short))).toBe('UNAUTHENTICATED token.expired')
  clock.now = new Date(START.getTime() + 30_000)
  expect((await verify(long)).roles).not.toBe(roles)
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
  expect((await verify(a)).roles).toBe(first.roles)
  expect((await verify(b)).roles).not.toBe(second.roles)
  expect(await verdictOf(verify(later))).toBe('UNAUTHENTICATED token.not_yet_valid')
  clock.now = new Date(START.getTime() + 60_000)
  expect(await verdictOf(verify(later))).toBe('accepted')
})

test('a token that arrives many times at once is checked once', async () => {
  const verify = verifier().verify
  const token = await sign(claims())
  const actors = await Promise.all([verify(token), verify(token), verify(token)])
  expect(new Set(actors.map(({ roles }) => roles)).size).toBe(1)
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
