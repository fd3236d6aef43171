import { acceptedBodies, refusedBodies } from '@clientele/testkit'
import { type Fixture, startFixture } from '../../fixture/platform.js'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture?.stop())

type Row = [reason: string, status: number, body: unknown, headers?: Record<string, string> | undefined]

const mostBytes = 256 * 1024
const ok = { query: '{ customer(id: 1) { id } }' }
/** One field, standing as often as it may in each of many fragments. */
const spread = (fragments: number, times: number) => {
  const names = Array.from({ length: fragments }, (_, n) => `F${n}`)
  const written = names.map((name) => `fragment ${name} on Customer { ${'id '.repeat(times)} }`)
  return `{ customer(id: 1) { ${names.map((name) => `...${name}`).join(' ')} } } ${written.join(' ')}`
}
const deep = (levels: number) => `{ customer(id: 1) ${'{ parent '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 2)} }`
const nest = (levels: number): object => (levels === 0 ? [] : [nest(levels - 1)])
const fields = (count: number, alias: string) => Array.from({ length: count }, (_, n) => `${alias}${n}: id`).join(' ')
const createQuery = 'mutation ($input: CreateCustomer!) { createCustomer(input: $input) { id } }'

/** Every fault is INVALID with a reason, is told in words, shows none of our insides, and is the same in production. */
describe.each(['production', 'development', 'test'])('faulty requests where NODE_ENV is %s', (mode) => {
  const before = process.env.NODE_ENV
  let inMode: Fixture
  beforeAll(async () => {
    process.env.NODE_ENV = mode
    inMode = await startFixture()
  })
  afterAll(async () => {
    process.env.NODE_ENV = before
    await inMode?.stop()
  })

  test.each<Row>([
    ['text.malformed', 400, { query: '{ customer(id: "\\ud800") { id } }' }],
    ...refusedBodies(ok.query, mostBytes).map(
      ({ reason, status, body, headers }) => [reason, status, body, headers] as Row,
    ),
    ['request.invalid', 400, { ...ok, extensions: 'a' }],
    ['query.syntax', 400, { query: '{ customer(id: 1) { id }' }],
    ['query.syntax', 400, { query: '{ customer(id: "' }],
    ['query.invalid', 400, { query: '{ customer(id: 1) { shoeSize } }' }],
    ['query.alias_is_key', 400, { query: '{ customer(id: 1) { id: __typename } }' }],
    ['query.alias_is_key', 400, { query: '{ customer(id: 1) { ...c } } fragment c on Customer { __typename: id }' }],
    ['value.not_one_of', 400, { query: '{ customers(kind: ROBOT) { totalCount } }' }],
    ['query.invalid', 400, { query: '{ customer { id } }' }],
    ['query.invalid', 400, { query: '{ ...F } fragment F on Query { customer(id: 1) { id } ...F }' }],
    ['variables.invalid', 400, { query: createQuery }],
    ['value.not_one_of', 400, { query: createQuery, variables: { input: { displayName: 'A', kind: 'ROBOT' } } }],
    ['variables.invalid', 400, { query: createQuery, variables: { input: { displayName: 1, kind: 'PERSON' } } }],
    [
      'variables.invalid',
      400,
      { query: createQuery, variables: { input: { displayName: 'A', kind: 'PERSON', age: 3 } } },
    ],
    [
      'variables.invalid',
      400,
      { query: createQuery, variables: { input: { displayName: 'A', kind: 'PERSON', children: Array(99).fill({}) } } },
    ],
    [
      'variables.invalid',
      400,
      { query: 'query ($a: Boolean = true) { customer(id: 1) { id @skip(if: $a) } }', variables: { a: null } },
    ],
    ['query.too_many_repeats', 400, { query: `{ customer(id: 1) { ${'id '.repeat(31)} } }` }],
    ['query.too_complex', 400, { query: spread(45, 30) }],
    ['variables.too_deep', 400, { ...ok, variables: { a: nest(40) } }],
    [
      'variables.too_deep',
      400,
      `{"query":"{ customer(id: 1) { id } }","variables":{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}}`,
    ],
    ['operation.unknown', 400, { query: 'query A { customer(id: 1) { id } }', operationName: 'B' }],
    ['operation.unknown', 400, { query: 'query A { customer(id: 1) { id } }', operationName: '' }],
    ['operation.subscription', 400, { query: 'subscription { customer(id: 1) { id } }' }],
    ['query.no_operation', 400, { query: 'fragment F on Query { customer(id: 1) { id } }' }],
    ['query.too_many_operations', 400, { query: 'query A { a } query B { b }', operationName: 'A' }],
    ['query.too_deep', 400, { query: deep(13) }],
    ['query.too_deep', 400, { query: deep(50) }],
    ['query.too_many_aliases', 400, { query: `{ customer(id: 1) { ${fields(31, 'a')} } }` }],
    ['query.too_many_tokens', 400, { query: `{ customer(id: 1) { ${'id '.repeat(2000)} } }` }],
    ['persisted_query.not_supported', 200, { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } }],
    [
      'persisted_query.not_supported',
      200,
      { ...ok, extensions: { persistedQuery: { version: 1, sha256Hash: 'wrong' } } },
    ],
  ])('%s: HTTP %i', async (reason, status, body, headers = {}) => {
    const reply = await inMode.post(body, { authorization: `Bearer ${await inMode.issuer.token()}`, ...headers })
    expect(reply.errors?.map((error) => error.extensions)).toContainEqual(
      expect.objectContaining({ code: 'INVALID', reason }),
    )
    expect(reply.errors?.every((error) => error.extensions?.code === 'INVALID' && error.message.length > 5)).toBe(true)
    expect(reply.status).toBe(status)
    expect(reply.data).toBeUndefined()
    expect(JSON.stringify(reply)).not.toMatch(/node_modules|stacktrace|file:\/\/|\bat \w+ \(/)
  })
})

test.each<{ what: string; body: unknown; headers?: Record<string, string> }>([
  { what: 'a document at the depth limit', body: { query: deep(12) } },
  { what: 'as many aliases as allowed', body: { query: `{ customer(id: 1) { ${fields(30, 'a')} } }` } },
  { what: 'variables that no operation declares', body: { ...ok, variables: { a: 1 } } },
  { what: 'null for extensions', body: { ...ok, extensions: null } },
  ...acceptedBodies(ok.query, mostBytes),
])('$what is answered', async ({ body, headers }) => {
  const { status, data, errors } = await fixture.post(body, headers)
  expect(errors).toBeUndefined()
  expect(status).toBe(200)
  expect(data?.customer).toBeTruthy()
})

test('a fault in the query says where', async () => {
  const { errors } = await fixture.post({ query: '{\n  customer(id: 1) { shoeSize }\n}' })
  expect(errors).toEqual([
    {
      message: 'Cannot query field "shoeSize" on type "Customer".',
      locations: [{ line: 2, column: 21 }],
      extensions: { code: 'INVALID', reason: 'query.invalid' },
    },
  ])
})

test('a fault in a variable says of which field', async () => {
  const { errors } = await fixture.post({
    query: createQuery,
    variables: { input: { displayName: 1, kind: 'PERSON', children: [{}, { kind: 'ROBOT' }] } },
  })
  const fields = errors?.map(({ extensions }) => extensions?.fields)
  expect(fields).toContainEqual([
    { path: 'input.displayName', reason: 'value.invalid', message: expect.stringContaining('String cannot') },
  ])
  expect(JSON.stringify(fields)).not.toContain('Did you mean')
})

test('what is over a limit is told with the limit and the number found', async () => {
  const { errors } = await fixture.post({ query: deep(50) })
  expect(errors?.[0]?.message).toBe('The query is 50 levels deep; the limit is 12.')
})

describe('GET', () => {
  const get = async (search: string, headers: Record<string, string> = { 'apollo-require-preflight': '1' }) => {
    const response = await fetch(`${fixture.gateway.url}/graphql${search}`, { headers })
    const { data, errors } = (await response.json()) as Record<string, any>
    return { status: response.status, data, errors }
  }

  test('a query is answered', async () => {
    const search = new URLSearchParams({
      query: 'query ($id: ID!) { customer(id: $id) { id } }',
      variables: '{"id":"1"}',
    })
    expect(await get(`?${search}`)).toMatchObject({ status: 200, data: { customer: { id: '1' } } })
  })

  test.each([
    [
      'a mutation',
      `?query=${encodeURIComponent('mutation { createCustomer(input: {displayName: "A", kind: PERSON}) { id } }')}`,
      405,
    ],
    ['no query', '', 400],
    ['broken variables', '?query=%7B__typename%7D&variables=%7B', 400],
    ['the query twice', '?query=%7B__typename%7D&query=%7Ba%7D', 400],
    ['a query over a limit', `?query=${encodeURIComponent(deep(20))}`, 400],
    ['a parameter that is not UTF-8', '?query={customer(id:%22%ff%22){id}}', 400],
    ['half a character in a variable', '?query={customer(id:1){id}}&variables={%22a%22:%22%5Cud800%22}', 400],
  ])('%s is refused', async (_, search, status) => {
    const reply = await get(search)
    expect(reply.status).toBe(status)
    expect(reply.errors[0].extensions.code).toBe('INVALID')
  })

  test('what a foreign page could send without asking first is refused', async () => {
    const reply = await get('?query=%7B__typename%7D', {})
    expect(reply).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'INVALID', reason: 'request.invalid' } }],
    })
    expect(reply.errors[0].message).toContain('CSRF')
  })
})

test.each(['PUT', 'DELETE', 'PATCH'])('%s is refused with the allowed methods', async (method) => {
  const response = await fetch(`${fixture.gateway.url}/graphql`, { method })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, POST')
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID' } }] })
})

describe('headers of an answer', () => {
  test('forbid caching, sniffing, framing and loading', async () => {
    const { headers } = await fixture.post(ok)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  test.each([
    ['kept when it is fit to be logged', 'walk-1.a:b', /^walk-1\.a:b$/],
    ['replaced when it is too long', 'a'.repeat(129), /^[0-9a-f-]{36}$/],
    ['replaced when it holds odd characters', 'a b"', /^[0-9a-f-]{36}$/],
  ])('the request id is %s', async (_, sent, expected) => {
    const { headers } = await fixture.post(ok, { 'x-request-id': sent })
    expect(headers.get('x-request-id')).toMatch(expected)
  })
})

test('only listed origins may call from a browser', async () => {
  const open = await startFixture({ config: { corsOrigins: ['https://app.example.com'] } })
  try {
    const preflight = (origin: string, url = open.gateway.url) =>
      fetch(`${url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    const allowed = await preflight('https://app.example.com')
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com')
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization')
    expect((await preflight('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull()
    expect(
      (await preflight('https://app.example.com', fixture.gateway.url)).headers.get('access-control-allow-origin'),
    ).toBeNull()
    const { headers } = await open.post(ok, { origin: 'https://app.example.com' })
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com')
    expect(headers.get('vary')).toBe('Origin')
  } finally {
    await open.stop()
  }
})

test('an unknown path says where the API is', async () => {
  const response = await fetch(`${fixture.gateway.url}/grahpql`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
})
