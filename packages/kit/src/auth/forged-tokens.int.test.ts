import { createLog, createVerifier, health, httpSubgraph, type Subgraph, serve } from '@clientele/kit'
import { audience, startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { type ForgedToken, forgedTokens, isSendable } from '@clientele/testkit/forged-tokens'
import { SignJWT } from 'jose'

const lines: string[] = []
const log = createLog({ name: 'example', level: 'warn', destination: { write: (line) => void lines.push(line) } })
const svc = await startForTest(example, { log })
const server = await serve({
  subgraph: svc.subgraph,
  health: health({ checks: svc.checks }),
  host: '127.0.0.1',
  port: 0,
  log,
})
const http = httpSubgraph({ name: 'example', url: server.url, log })
svc.defer(async () => {
  await http.close()
  await server.stop()
})
const forged = await forgedTokens(svc.issuer)
const transports = [
  ['in process', svc.subgraph],
  ['over HTTP', http],
] as const

beforeEach(() => {
  lines.length = 0
})

const codeOf = async (subgraph: Subgraph, query: string, headers: Record<string, string> = {}) => {
  const { data, errors } = await subgraph.execute({ query, headers })
  const { code, reason } = errors?.[0]?.extensions ?? {}
  return errors ? { code, reason, errors: errors.length, data } : 'answered'
}

test('a verifier refuses every forged token, each for its reason, and quotes none', async () => {
  const verdicts = await Promise.all(
    forged.map(async ({ name, token }) => {
      const error = await svc.verifier.verify(token).catch((caught) => caught)
      const told = `${error.message}${JSON.stringify(error)}${error.cause}`
      const quoted = token.split('.').some((part) => part.length > 20 && told.includes(part))
      return { name, verdict: `${error.code} ${error.reason}${quoted ? ', quoted' : ''}` }
    }),
  )
  expect(verdicts).toEqual(forged.map(({ name, reason }) => ({ name, verdict: `UNAUTHENTICATED ${reason}` })))
  expect(namesTwice()).toEqual([])
  expect(forged.length).toBeGreaterThanOrEqual(120)
  process.stdout.write(`${forged.length} forged tokens refused by the verifier\n`)
})

/** Without a cool-down a token that makes the keys be fetched again is told by the fetch, and one that does not has nothing to wait for. */
test('only a forged token that names an unknown key makes the keys be fetched again', async () => {
  const { issuer, keyFetches } = svc.issuer
  const { verify } = createVerifier({ issuer, audience, keyCooldownSeconds: 0 })
  await verify(await svc.issuer.token({ roles: ['manager'] }))
  const fetches = await forged.reduce<Promise<Record<string, number>>>(async (before, { name, token }) => {
    const counted = await before
    const start = keyFetches()
    await verify(token).catch(() => {})
    return keyFetches() === start ? counted : { ...counted, [name]: keyFetches() - start }
  }, Promise.resolve({}))
  const ofUnknownKeys = forged.filter(({ name, reason }) => name.startsWith('key id ') && reason === 'token.signature')
  expect(fetches).toEqual(Object.fromEntries(ofUnknownKeys.map(({ name }) => [name, 1])))
})

const namesTwice = () => forged.map(({ name }) => name).filter((name, i, names) => names.indexOf(name) !== i)

test.each(transports)('a subgraph %s refuses every forged token, with one line in its log', async (name, subgraph) => {
  const sent = forged.filter(isSendable)
  const verdicts = await Promise.all(
    sent.map(({ token }, i) =>
      codeOf(subgraph, '{ notes { totalCount } }', { authorization: `Bearer ${token}`, 'x-request-id': `forged-${i}` }),
    ),
  )
  expect(verdicts).toEqual(sent.map(({ reason }) => ({ code: 'UNAUTHENTICATED', reason, errors: 1, data: undefined })))
  expectLines(sent)
  process.stdout.write(`${sent.length} forged tokens refused by a subgraph ${name}\n`)
})

/** One line for each, with the reason and nothing of the token. */
const expectLines = (sent: readonly ForgedToken[]) => {
  const told = lines.map((line) => JSON.parse(line)).toSorted((a, b) => order(a.requestId) - order(b.requestId))
  expect(told).toEqual(
    sent.map(({ reason }, i) => ({
      level: 'warn',
      time: expect.any(String),
      service: 'example',
      reason,
      requestId: `forged-${i}`,
      msg: 'request not authenticated',
    })),
  )
}
const order = (requestId: string) => Number(requestId.split('-')[1])

const id = '0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4e'
const notPublic = [
  '{ notes { totalCount } }',
  '{ hello notes { totalCount } }',
  '{ __typename }',
  '{ __schema { types { name } } }',
  '{ __type(name: "Note") { name } }',
  '{ _service { sdl } }',
  '{ hello _service { sdl } }',
  'query { ... on Query { _service { sdl } } }',
  'query { ...S } fragment S on Query { _service { sdl } }',
  `{ _entities(representations: [{ __typename: "Note", id: "${id}" }]) { __typename } }`,
  `{ _entities(representations: []) { __typename } }`,
  `mutation { createNote(input: { subjectId: "${id}", kind: PLAIN, title: "x" }) { id } }`,
  'mutation { __typename }',
  '{ ...S } fragment S on Query { ...S }',
  '{ ...missing }',
  '{ hello } fragment F on Note { guess }',
  '{ nothing }',
  '{ hello',
]

describe.each(transports)('without a token, a subgraph %s', (_, subgraph) => {
  test.each(notPublic)('refuses %s', async (query) => {
    const refused = { code: 'UNAUTHENTICATED', reason: 'token.missing', errors: 1, data: undefined }
    expect(await codeOf(subgraph, query)).toEqual(refused)
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual(['token.missing'])
  })

  test.each(['', 'Basic YWRtaW46YWRtaW4=', 'Bearer', 'Bearer ', 'Token x', 'bearer'])(
    'and with the header "%s" refuses as well',
    async (authorization) => {
      expect(await codeOf(subgraph, '{ hello }', { authorization })).toMatchObject({ code: 'UNAUTHENTICATED' })
    },
  )

  test('answers what is public', async () => {
    expect(await codeOf(subgraph, '{ hello }')).toBe('answered')
  })
})

test('health is told to anybody', async () => {
  for (const path of ['/livez', '/readyz']) {
    const response = await fetch(`${server.url}${path}`)
    expect({ path, status: response.status }).toEqual({ path, status: 200 })
  }
})

test('a token of several organizations is good for the one that the request names', async () => {
  const { privateKey, jwk } = await svc.issuer.keyOf('ES256')
  const token = await new SignJWT({
    typ: 'Bearer',
    organization: ['acme', 'globex'],
    realm_access: { roles: ['manager'] },
  })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'at+jwt' })
    .setIssuer(svc.issuer.issuer)
    .setAudience(audience)
    .setSubject('u-1')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
  const create = `mutation { createNote(input: { subjectId: "${id}", kind: PLAIN, title: "ours" }) { id } }`
  const count = async (tenant?: string) => {
    const headers = { authorization: `Bearer ${token}`, ...(tenant && { 'x-clientele-tenant': tenant }) }
    const { data, errors } = await http.execute({ query: '{ notes { totalCount } }', headers })
    return errors?.[0]?.extensions?.reason ?? data?.notes
  }
  await svc.as('manager').mutate(create)
  expect(await Promise.all([count('acme'), count('globex'), count(), count('initech'), count('*')])).toEqual([
    { totalCount: 1 },
    { totalCount: 0 },
    'token.tenant',
    'token.tenant',
    'token.tenant',
  ])
})
