import { readClaims } from './token-claims.js'

const issuer = 'https://issuer.example'
const at = new Date('2026-03-02T08:00:00Z')
const now = at.getTime() / 1_000
const header = { alg: 'RS256', typ: 'at+jwt' }
const expected = { issuer, audience: 'clientele', at, skewSeconds: 30 }

/** A token with every claim that is read. */
const whole = {
  iss: issuer,
  sub: 'anna',
  aud: ['clientele', 'account'],
  exp: now + 300,
  iat: now,
  nbf: now,
  typ: 'Bearer',
  azp: 'console',
  client_id: 'console',
  preferred_username: '李伟',
  sid: 'session',
  scope: 'openid profiles:read',
  realm_access: { roles: ['sales', 'manager'] },
  groups: ['/territories/emea'],
  organization: { acme: { id: 'a' } },
  tenant: 'acme',
}

/** Which is looked at no further than to be the one that is meant, or not looked at. */
const compared = /^(iss|aud\.\d|typ|organization\.acme\.id)$/

type Place = readonly [path: string, write: (text: string) => object]

/** Each text in the token, with what the token is when another stands there. */
const placesOf = (value: unknown, path: string, rebuild: (value: unknown) => object): Place[] => {
  if (typeof value === 'string') return [[path, rebuild]]
  if (typeof value !== 'object' || value === null) return []
  const within = Array.isArray(value)
    ? (at: string, to: unknown) => value.with(Number(at), to)
    : (key: string, to: unknown) => ({ ...value, [key]: to })
  return Object.entries(value).flatMap(([key, each]) =>
    placesOf(each, path ? `${path}.${key}` : key, (to) => rebuild(within(key, to))),
  )
}
const places = placesOf(whole, '', (value) => value as object).filter(([path]) => !compared.test(path))

test('a token with every claim is read', () => {
  expect(readClaims(header, whole, expected)).toMatchObject({ sub: 'anna', tenant: 'acme', azp: 'console' })
  expect(places.map(([path]) => path)).toEqual([
    ...['sub', 'azp', 'client_id', 'preferred_username', 'sid', 'scope'],
    ...['realm_access.roles.0', 'realm_access.roles.1', 'groups.0', 'tenant'],
  ])
})

describe.each(places)('%s', (path, write) => {
  test.each(['\0', '\ud800', '\udc00', '\ufffe', '\u{1ffff}', '\x1b', '\x7f'])('with %j is refused', (character) => {
    const reason = path === 'tenant' ? 'token.tenant' : 'token.malformed'
    for (const text of [character, `a${character}`, `${character}a`])
      expect(() => readClaims(header, write(text) as Record<string, unknown>, expected)).toThrow(
        expect.objectContaining({ code: 'UNAUTHENTICATED', reason }),
      )
  })
})

test('names of organizations are refused likewise', () => {
  for (const organization of [['a\0'], { 'a\ud800': {} }])
    expect(() => readClaims(header, { ...whole, organization }, expected)).toThrow(
      expect.objectContaining({ reason: 'token.tenant' }),
    )
})
