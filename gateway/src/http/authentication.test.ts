import { getIntrospectionQuery } from 'graphql'
import { UnsecuredJWT } from 'jose'
import { audience } from '../../fixture/issuer.js'
import { type Fixture, startFixture, transports } from '../../fixture/platform.js'

describe.each(transports)('tokens, with subgraphs %s', (transport) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await startFixture({ transport })
  })
  afterAll(() => fixture?.stop())

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const query = '{ secret }'

  test('a valid token is let through', async () => {
    const { status, data } = await fixture.post({ query }, bearer(await fixture.issuer.token()))
    expect({ status, data }).toEqual({ status: 200, data: { secret: 'told' } })
  })

  test.each<[string, string, () => Promise<string>]>([
    ['expired', 'token.expired', () => fixture.issuer.token({ expires: '-1 hour' })],
    ['signed by a foreign key', 'token.signature', () => fixture.issuer.token({ foreignKey: true })],
    ['for a foreign audience', 'token.audience', () => fixture.issuer.token({ claims: { aud: 'shop' } })],
    ['from a foreign issuer', 'token.issuer', () => fixture.issuer.token({ claims: { iss: 'https://evil.example' } })],
    ['without a tenant', 'token.tenant', () => fixture.issuer.token({ claims: { tenant: undefined } })],
    ['no token at all', 'token.malformed', async () => 'hello'],
    [
      'unsigned',
      'token.malformed',
      async () => {
        const claims = { tenant: 'acme', realm_access: { roles: ['admin'] } }
        const { issuer } = fixture.issuer
        return new UnsecuredJWT(claims)
          .setIssuer(issuer)
          .setAudience(audience)
          .setSubject('a')
          .setExpirationTime('1h')
          .encode()
      },
    ],
  ])('%s is refused before anything runs', async (_, reason, make) => {
    const token = await make()
    const reply = await fixture.post({ query }, bearer(token))
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(reply.errors).toEqual([
      { message: expect.any(String), extensions: { code: 'UNAUTHENTICATED', reason: expect.any(String) } },
    ])
    if (reason !== 'token.malformed') expect(reply.errors?.[0]?.extensions?.reason).toBe(reason)
    expect(JSON.stringify(reply)).not.toContain(token.slice(-20))
  })

  test('another scheme is refused', async () => {
    const reply = await fixture.post({ query }, { authorization: 'Basic YWRtaW46YWRtaW4=' })
    expect(reply.status).toBe(401)
    expect(reply.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  })

  test('somebody else’s tenant is refused', async () => {
    const reply = await fixture.post(
      { query },
      { ...bearer(await fixture.issuer.token()), 'x-clientele-tenant': 'globex' },
    )
    expect(reply.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'token.tenant' })
  })

  test('the schema is told to those with a token only', async () => {
    const body = { query: getIntrospectionQuery() }
    const anonymous = await fixture.post(body)
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer')
    expect(anonymous.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'token.missing' })
    const known = await fixture.post(body, bearer(await fixture.issuer.token()))
    expect(known.errors).toBeUndefined()
    expect(known.data?.__schema.queryType.name).toBe('Query')
  })
})

test('while the issuer is away, a token that needs it is UNAVAILABLE, not wrong', async () => {
  const fixture = await startFixture()
  try {
    const token = await fixture.issuer.token()
    await fixture.issuer.stop()
    const reply = await fixture.post({ query: '{ secret }' }, { authorization: `Bearer ${token}` })
    expect(reply.status).toBe(503)
    expect(reply.errors?.[0]?.extensions?.code).toBe('UNAVAILABLE')
  } finally {
    await fixture.stop()
  }
})
