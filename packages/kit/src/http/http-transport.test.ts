import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '../config/log.js'
import { health } from './health.js'
import { serve } from './http-server.js'
import { type HttpSubgraphOptions, httpSubgraph } from './http-transport.js'
import type { SubgraphRequest } from './transport.js'

const lines: string[] = []
const log = createLog({ name: 'test', destination: { write: (line) => void lines.push(line) } })
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  lines.length = 0
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function listen(listener: RequestListener): Promise<Server & { origin: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  cleanUps.push(() => server.close().closeAllConnections())
  await once(server, 'listening')
  return Object.assign(server, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

function subgraph(url: string, o: Partial<HttpSubgraphOptions> = {}) {
  const client = httpSubgraph({ name: 'profiles', url, log, ...o })
  cleanUps.push(() => client.close().catch(() => {}))
  return client
}

const request: SubgraphRequest = { query: '{ a }', headers: {} }
const notAvailable = {
  errors: [
    { message: 'The profiles service is not available.', extensions: { code: 'UNAVAILABLE', service: 'profiles' } },
  ],
}

test('speaks with a served subgraph as if it were in the same process', async () => {
  const seen: SubgraphRequest[] = []
  const execute = async (incoming: SubgraphRequest) => {
    seen.push(incoming)
    return {
      data: { customer: null },
      errors: [{ message: '客户', path: ['customer'], extensions: { code: 'FORBIDDEN' } }],
    }
  }
  const server = await serve({
    subgraph: { name: 'profiles', execute },
    health: health({ checks: {} }),
    host: '127.0.0.1',
    port: 0,
    log,
  })
  cleanUps.push(() => server.stop())
  const sent = {
    query: 'query A { a }',
    operationName: 'A',
    variables: { name: '王' },
    headers: { authorization: 'Bearer x', traceparent: '00-1' },
  }
  const profiles = subgraph(server.url)
  expect(await profiles.execute(sent)).toEqual(await execute(sent))
  expect(profiles.name).toBe('profiles')
  await profiles.execute({ ...sent, isSpeculative: true })
  expect(seen[0]).toMatchObject({ ...sent, isSpeculative: false })
  expect(seen.at(-1)).toMatchObject({ ...sent, isSpeculative: true })
})

test('keeps its connection alive, and does not hand on headers of another connection', async () => {
  const seen: IncomingMessage[] = []
  const server = await listen((incoming, response) => {
    seen.push(incoming)
    incoming.resume().on('end', () => response.end('{"data":{}}'))
  })
  const headers = {
    host: 'other',
    'content-length': '3',
    'transfer-encoding': 'chunked',
    connection: 'close',
    expect: 'x',
    'accept-encoding': 'br',
    'x-kept': '1',
  }
  const profiles = subgraph(`${server.origin}/api/graphql?v=1`, { connections: 1 })
  expect(await profiles.execute({ ...request, headers })).toEqual({ data: {} })
  expect(await profiles.execute(request)).toEqual({ data: {} })
  expect(seen[0]!.url).toBe('/api/graphql?v=1')
  expect(seen[0]!.headers).toMatchObject({
    host: server.origin.slice(7),
    'content-type': 'application/json',
    'x-kept': '1',
  })
  expect(seen[0]!.headers['accept-encoding']).toBeUndefined()
  expect(seen[1]!.socket).toBe(seen[0]!.socket)
})

test.each<[string, number, string]>([
  ['an error page', 502, '<html>Bad Gateway</html>'],
  ['an error in JSON that is not GraphQL', 503, '{"error":"down"}'],
  ['a page with status 200', 200, '<html></html>'],
  ['nothing', 200, ''],
  ['a cut-off answer', 200, '{"data":{"a":'],
  ['a list', 200, '[]'],
  ['null', 200, 'null'],
  ['data that is no object', 200, '{"data":[1]}'],
  ['no data and no reason', 200, '{"data":null}'],
  ['no data and an empty list of errors', 200, '{"errors":[]}'],
  ['errors that are none', 200, '{"data":{},"errors":[{}]}'],
])('%s counts as not available', async (_, status, body) => {
  const server = await listen((_request, response) => response.writeHead(status).end(body))
  expect(await subgraph(server.origin).execute(request)).toEqual(notAvailable)
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ subgraph: 'profiles', level: 'warn' }),
  ])
})

test.each<[number, object]>([
  [400, { errors: [{ message: 'no', extensions: { code: 'INVALID' } }] }],
  [500, { errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] }],
  [200, { data: null, errors: [{ message: 'no' }] }],
])('a GraphQL answer with status %i is handed on', async (status, body) => {
  const server = await listen((_request, response) =>
    response.writeHead(status).end(JSON.stringify({ ...body, extensions: {} })),
  )
  expect(await subgraph(server.origin).execute(request)).toEqual(body)
})

test.each<[string, RequestListener]>([
  ['says nothing', () => {}],
  ['begins and stops', (_request, response) => void response.writeHead(200).write('{"data"')],
  ['hangs up', (incoming) => void incoming.socket.destroy()],
  [
    'hangs up in the middle',
    (incoming, response) => response.writeHead(200).write('{"da', () => incoming.socket.destroy()),
  ],
])('a service that %s counts as not available', async (_, listener) => {
  const server = await listen(listener)
  expect(await subgraph(server.origin, { timeoutMs: 100 }).execute(request)).toEqual(notAvailable)
})

test('a refused connection counts as not available, and the next request tries again', async () => {
  const server = await listen((_request, response) => response.end('{"data":{}}'))
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const profiles = subgraph(server.origin)
  expect(await profiles.execute(request)).toEqual(notAvailable)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  expect(await profiles.execute(request)).toEqual({ data: {} })
})

test.each<[string, Partial<SubgraphRequest>]>([
  ['a header that cannot be sent', { headers: { 'x-bad': 'a\r\nb' } }],
  ['a variable that cannot be written', { variables: { a: 1n } }],
  ['a signal that has fired', { signal: AbortSignal.abort() }],
])('%s rejects nothing', async (_, changes) => {
  const server = await listen((_request, response) => response.end('{"data":{}}'))
  expect(await subgraph(server.origin).execute({ ...request, ...changes })).toEqual(notAvailable)
})

test('a caller that goes away ends the request at the service, and is no warning', async () => {
  const arrived = Promise.withResolvers<IncomingMessage>()
  const server = await listen((incoming) => arrived.resolve(incoming))
  const caller = new AbortController()
  const answer = subgraph(server.origin).execute({ ...request, signal: caller.signal })
  const { socket } = await arrived.promise
  const closed = once(socket, 'close')
  caller.abort()
  expect(await answer).toEqual(notAvailable)
  await closed
  expect(lines).toEqual([])
})

test('once closed, nothing is available', async () => {
  const server = await listen((_request, response) => response.end('{"data":{}}'))
  const profiles = subgraph(server.origin)
  await profiles.execute(request)
  await profiles.close()
  expect(await profiles.execute(request)).toEqual(notAvailable)
})

test('a probe asks for no answer and needs no token', async () => {
  const served = await listen((incoming, response) =>
    response.writeHead(incoming.url === '/livez' ? 200 : 500).end('{}'),
  )
  expect(await subgraph(served.origin).probe!(AbortSignal.timeout(5_000))).toBe(true)
  const ill = await listen((_, response) => response.writeHead(503).end())
  expect(await subgraph(ill.origin).probe!(AbortSignal.timeout(5_000))).toBe(false)
  await expect(subgraph('http://127.0.0.1:1').probe!(AbortSignal.timeout(5_000))).rejects.toThrow()
})
