import { createLog, health, httpSubgraph, type Subgraph, type SubgraphRequest, serve } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'

// One table for all transports: whoever calls a subgraph cannot tell which of them stands between.
const svc = await startForTest(example)
const log = createLog({ name: 'transport', level: 'silent' })
const server = await serve({
  subgraph: svc.subgraph,
  health: health({ checks: svc.checks }),
  host: '127.0.0.1',
  port: 0,
  log,
})
// What has not been told that the server speaks frames goes by HTTP alone.
const plain = { execute: (request: SubgraphRequest) => httpOnce((http) => http.execute(request)) }
const framed = httpSubgraph({ name: 'example', url: server.url })
svc.defer(async () => {
  await framed.close()
  await server.stop()
})

async function httpOnce<T>(use: (http: Subgraph) => Promise<T>): Promise<T> {
  const http = httpSubgraph({ name: 'example', url: server.url })
  return use(http).finally(() => http.close())
}

const token = await svc.issuer.token({ roles: ['manager'] })
const expired = await svc.issuer.token({ roles: ['manager'] }, { expiresIn: '-1m' })
const foreign = await svc.issuer.token({ roles: ['manager'] }, { audience: 'somebody-else' })
const authorization = `Bearer ${token}`
const LIST = 'query L($first: Int = 2) { notes(first: $first) { totalCount nodes { title } } }'

const cases = [
  ['data', LIST, {}, { authorization }],
  ['variables', LIST, { first: 1 }, { authorization }],
  ['a variable of a wrong type', LIST, { first: 'x' }, { authorization }],
  ['an unknown field', '{ nothing }', {}, { authorization }],
  ['a syntax error', '{ notes', {}, { authorization }],
  ['a domain error', '{ notes(first: 1000) { totalCount } }', {}, { authorization }],
  ['an unexpected error', '{ explode }', {}, { authorization, 'x-request-id': 'r1' }],
  ['partial data', '{ hello explode2: note(id: "x") { id } }', {}, { authorization }],
  ['no token', LIST, {}, {}],
  ['an expired token', LIST, {}, { authorization: `Bearer ${expired}` }],
  ["somebody else's token", LIST, {}, { authorization: `Bearer ${foreign}` }],
  ['no bearer', LIST, {}, { authorization: 'Basic abc' }],
  ['a public field', '{ hello }', {}, {}],
  ['a tenant that is not the token’s', LIST, {}, { authorization, 'x-clientele-tenant': 'globex' }],
] as const

test.each(cases)('%s is answered alike in process, over HTTP and in frames', async (_, query, variables, headers) => {
  const ask = (subgraph: Pick<Subgraph, 'execute'>) => subgraph.execute({ query, variables, headers })
  const direct = await ask(svc.subgraph)
  for (const remote of [await ask(plain), await ask(framed)]) {
    expect(remote).toEqual(JSON.parse(JSON.stringify(direct)))
    expect(remote.data ?? remote.errors).toBeTruthy()
  }
})

test('several operations need a name on all', async () => {
  const query = 'query A { hello } query B { hello }'
  for (const subgraph of [svc.subgraph, plain, framed]) {
    expect(await subgraph.execute({ query, headers: { authorization } })).toMatchObject({
      errors: [{ extensions: { code: 'INVALID' } }],
    })
    expect(await subgraph.execute({ query, operationName: 'B', headers: { authorization } })).toEqual({
      data: { hello: 'hello' },
    })
  }
})
