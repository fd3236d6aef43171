import { vi } from 'vitest'
import { type Fixture, startFixture } from '../../fixture/platform.js'

// Buckets fill with time: the clock stands still, however long a request takes.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const query = '{ customer(id: 1) { id } }'
const withFixture = async (
  config: NonNullable<Parameters<typeof startFixture>[0]>['config'],
  use: (fixture: Fixture) => Promise<void>,
) => {
  const fixture = await startFixture({ ...(config && { config }) })
  try {
    await use(fixture)
  } finally {
    await fixture.stop()
  }
}
const bearer = async ({ issuer }: Fixture, roles: string[], claims = {}) => ({
  authorization: `Bearer ${await issuer.token({ claims: { realm_access: { roles }, ...claims } })}`,
})

test('rate: a client that asks too often is told when to come again, and others are not held up', () =>
  withFixture({ rateLimits: { default: 18, anonymous: 6, admin: 60 } }, async (fixture) => {
    const sales = await bearer(fixture, ['sales'])
    const many = async (count: number, headers: Record<string, string>) =>
      (await Promise.all(Array.from({ length: count }, () => fixture.post({ query }, headers))))
        .map(({ status }) => status)
        .toSorted()
    expect(await many(5, sales)).toEqual([200, 200, 200, 429, 429])
    const reply = await fixture.post({ query }, sales)
    // The next of 18 a minute comes in 3⅓ s.
    expect(reply.headers.get('retry-after')).toBe('4')
    expect(reply.errors).toEqual([
      {
        message: 'More than 18 requests a minute. Try again in 4 s.',
        extensions: { code: 'RATE_LIMITED', reason: 'rate.requests' },
      },
    ])
    expect((await fixture.post({ query }, await bearer(fixture, ['sales'], { azp: 'mobile' }))).status).toBe(200)
    expect((await fixture.post({ query }, await bearer(fixture, ['sales'], { tenant: 'globex' }))).status).toBe(200)
    expect((await fixture.post({ query }, await bearer(fixture, ['admin']))).status).toBe(429) // the same person, whose bucket is empty
    expect(await many(3, {})).toEqual([200, 429, 429])
    expect((await fixture.post({ query }, { authorization: 'Bearer forged' })).status).toBe(429)
    expect((await fetch(`${fixture.gateway.url}/livez`)).status).toBe(200)
  }))

test('rate: forged tokens are counted by address, and good ones from there still pass', () =>
  withFixture({ rateLimits: { default: 600, anonymous: 12 } }, async (fixture) => {
    const statuses: number[] = []
    for (let n = 0; n < 4; n++)
      statuses.push((await fixture.post({ query }, { authorization: `Bearer forged${n}` })).status)
    expect(statuses).toEqual([401, 401, 429, 429])
    expect((await fixture.post({ query }, await bearer(fixture, ['sales']))).status).toBe(200)
  }))

test('clients are told where tokens come from, by the address that they asked at', () =>
  withFixture({ trustedProxies: ['127.0.0.1'] }, async (fixture) => {
    const ask = async (headers: Record<string, string> = {}) =>
      (await fetch(`${fixture.gateway.url}/.well-known/oauth-protected-resource`, { headers })).json()
    const issuer = fixture.issuer.verifier.issuer
    const resource = fixture.gateway.url
    expect(await ask()).toEqual({ resource, authorization_servers: [issuer], bearer_methods_supported: ['header'] })
    const byProxy = await ask({ 'x-forwarded-proto': 'https' })
    expect(byProxy).toMatchObject({ resource: resource.replace('http:', 'https:') })
  }))

test('rate: behind a trusted proxy each client counts on its own', () =>
  withFixture({ rateLimits: { default: 600, anonymous: 6 }, trustedProxies: ['127.0.0.1'] }, async (fixture) => {
    const from = async (address: string) => (await fixture.post({ query }, { 'x-forwarded-for': address })).status
    expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([200, 429, 200])
    expect(await from('198.51.100.9, 203.0.113.2')).toBe(429)
  }))

test('rate: without the setting nobody is held up', () =>
  withFixture({}, async (fixture) => {
    const replies = await Promise.all(Array.from({ length: 300 }, () => fixture.post({ query })))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  }))

test('rate: a refused request is not read', () =>
  withFixture({ rateLimits: { default: 6, anonymous: 6 } }, async (fixture) => {
    await fixture.post({ query })
    const reply = await fixture.post('{"query": not even JSON', {})
    expect(reply.errors?.[0]?.extensions?.code).toBe('RATE_LIMITED')
  }))

test('cost: each role has its budget, and what it costs is told to those who ask', () =>
  withFixture({ costBudgets: { default: 30, anonymous: 5, manager: 100 } }, async (fixture) => {
    const expensive = '{ customers(first: 20) { nodes { id displayName } } }' // 1 + 1 + 20 × 2
    const refused = await fixture.post({ query: expensive }, await bearer(fixture, ['sales']))
    expect(refused.status).toBe(400)
    expect(refused.errors).toEqual([
      {
        message: 'The query costs 42; the budget is 30. Ask for smaller pages or fewer fields.',
        extensions: {
          code: 'INVALID',
          reason: 'query.too_costly',
          fields: [{ path: 'customers.nodes', reason: 'query.costly_field', message: 'costs 42' }],
        },
      },
    ])
    const passed = (await fixture.post(
      { query: expensive },
      { ...(await bearer(fixture, ['sales', 'manager'])), 'x-clientele-cost': '1' },
    )) as any
    expect(passed.extensions).toEqual({ cost: { cost: 42, budget: 100 } })
    const silent = (await fixture.post({ query: expensive }, await bearer(fixture, ['manager']))) as any
    expect(silent.status).toBe(200)
    expect(silent).not.toHaveProperty('extensions')
    expect((await fixture.post({ query: '{ customers(first: 3) { nodes { id displayName } } }' })).status).toBe(400)
  }))

describe('introspection', () => {
  const schema = { query: '{ __schema { queryType { name } } }' }
  const wrong = { query: '{ customer(id: 1) { displayNam } }' }
  const wrongValue = {
    query: 'mutation ($i: CreateCustomer!) { createCustomer(input: $i) { id } }',
    variables: { i: { displayName: 'A', kind: 'PERSOM' } },
  }

  test('is for the roles that may, and names are not suggested then', () =>
    withFixture({ introspectionRoles: ['admin'] }, async (fixture) => {
      const sales = await bearer(fixture, ['sales'])
      const refused = await fixture.post(schema, sales)
      expect(refused).toMatchObject({
        status: 403,
        errors: [{ extensions: { code: 'FORBIDDEN', reason: 'introspection.off' } }],
      })
      expect((await fixture.post(schema, await bearer(fixture, ['admin']))).status).toBe(200)
      expect((await fixture.post({ query: '{ customer(id: 1) { __typename } }' }, sales)).status).toBe(200)
      for (const body of [wrong, wrongValue])
        expect(JSON.stringify(await fixture.post(body, sales))).not.toMatch(/Did you mean|displayName"|PERSON/)
    }))

  test('and suggestions are for everybody where that is said', () =>
    withFixture({ introspectionRoles: '*' }, async (fixture) => {
      expect((await fixture.ask(schema.query)).status).toBe(200)
      expect((await fixture.ask(wrong.query)).errors?.[0]?.message).toContain('Did you mean "displayName"?')
      expect((await fixture.ask(wrongValue.query, wrongValue.variables)).errors?.[0]?.message).toContain(
        '"PERSOM" is no Kind, which is one of PERSON, ORGANIZATION.',
      )
    }))
})

test('headers: HTTPS is asked for only where it is said, and nothing tells what serves', () =>
  withFixture({ hstsSeconds: 31_536_000 }, async (fixture) => {
    const { headers } = await fixture.post({ query })
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
    await withFixture({}, async (plain) =>
      expect((await plain.post({ query })).headers.get('strict-transport-security')).toBeNull(),
    )
  }))

test.each([
  'null',
  '*',
  'https://app.example.com.evil.example',
  'https://app.example.com:8443',
  'http://app.example.com',
  'HTTPS://APP.EXAMPLE.COM',
])('CORS: the origin %s is not the one that is listed', (origin) =>
  withFixture({ corsOrigins: ['https://app.example.com'] }, async ({ gateway }) => {
    const { headers } = await fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }),
)

test('CORS: a page may read when to come again, and is never trusted with cookies', () =>
  withFixture({ corsOrigins: ['https://app.example.com'] }, async (fixture) => {
    const { headers } = await fixture.post({ query }, { origin: 'https://app.example.com' })
    expect(headers.get('access-control-expose-headers')).toContain('retry-after')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  }))

test('a key that comes twice in a body is refused', () =>
  withFixture({}, async (fixture) => {
    const reply = await fixture.post(`{"query":"{ __typename }","query":${JSON.stringify(query)}}`)
    expect(reply).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'INVALID', reason: 'body.repeated_key' } }],
    })
  }))
