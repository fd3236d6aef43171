import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { createLog } from '../../config/log.js'
import { health } from '../health.js'
import { type RunningServer, serve } from '../http-server.js'
import { httpSubgraph } from '../http-transport.js'
import type { SubgraphRequest, SubgraphResponse } from '../transport.js'
import { decodeDataText, encodeDataText } from './data-text-frame.js'
import { frameKind, framesProtocol } from './frames.js'

const log = createLog({ name: 'test', level: 'silent' })
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function start(execute: (request: SubgraphRequest) => Promise<SubgraphResponse>, port = 0) {
  const server = await serve({
    subgraph: { name: 'test', execute },
    health: health({ checks: {} }),
    host: '127.0.0.1',
    port,
    log,
  })
  cleanUps.push(() => server.stop({ graceMs: 0 }))
  return server
}

/** Over HTTP nobody gets texts, so an answer that is one has come in frames. */
const text = { root: 'a', isList: false, keys: ['b'], rows: [['"客\\n户"']] }
const asText = async ({ acceptsText }: SubgraphRequest) => (acceptsText ? { text } : { data: {} })
const request: SubgraphRequest = { query: '{ a { b } }', headers: {}, acceptsText: true }

function client(url: string, timeoutMs = 10_000) {
  const subgraph = httpSubgraph({ name: 'test', url, timeoutMs })
  cleanUps.push(() => subgraph.close())
  return subgraph
}

/** Asks until an answer comes in frames; the first ones go by HTTP while the connection is opened. */
async function framed(server: RunningServer, timeoutMs?: number) {
  const subgraph = client(server.url, timeoutMs)
  while (!(await subgraph.execute(request)).text) await new Promise(setImmediate)
  return subgraph
}

const unavailable = { errors: [{ message: expect.any(String), extensions: { code: 'UNAVAILABLE', service: 'test' } }] }

test.each([
  { root: '', isList: false, keys: ['a', 'b'], rows: [['1', 'null']] },
  { root: '_entities', isList: true, keys: ['a'], rows: [['"客\\n户 😀"'], ['{}'], ['[]']] },
  { root: 'x', isList: true, keys: ['a'], rows: [] },
  { root: 'x', isList: true, keys: [], rows: [[], []] },
])('texts come as they were sent: %j', (sent) => {
  expect(decodeDataText(encodeDataText(sent))).toEqual(sent)
})

test.each([
  ['', 'no head'],
  ['["a",false,["b"],[[5]]]\n123', 'a text that is too short'],
])('%j is refused: %s', (frame) => {
  expect(() => decodeDataText(frame)).toThrow()
})

test('a server of ours gives texts in frames, and objects to whom does not accept them', async () => {
  const subgraph = await framed(await start(asText))
  expect(await subgraph.execute(request)).toEqual({ text })
  expect(await subgraph.execute({ ...request, acceptsText: false })).toEqual({ data: {} })
})

test('answers come as they are ready, however many wait, and great ones whole', async () => {
  const held = Promise.withResolvers<void>()
  const great = 'x'.repeat(3_000_000)
  const server = await start(async (asked) => {
    if (asked.operationName === 'Held') await held.promise
    if (asked.operationName === 'Great') return { data: { great } }
    return asked.operationName ? { data: { was: asked.operationName } } : asText(asked)
  })
  const subgraph = await framed(server)
  const first = subgraph.execute({ ...request, operationName: 'Held' })
  const others = Array.from({ length: 300 }, (_, at) => subgraph.execute({ ...request, operationName: `N${at}` }))
  const last = subgraph.execute({ ...request, operationName: 'Great' })
  expect(await Promise.all(others)).toEqual(others.map((_, at) => ({ data: { was: `N${at}` } })))
  expect(await last).toEqual({ data: { great } })
  held.resolve()
  expect(await first).toEqual({ data: { was: 'Held' } })
})

test('who goes away ends their own request only', async () => {
  const arrived = Promise.withResolvers<AbortSignal>()
  const held = Promise.withResolvers<void>()
  const server = await start(async (asked) => {
    if (asked.operationName === 'Left') arrived.resolve(asked.signal!)
    if (asked.operationName) await held.promise
    return asText(asked)
  })
  const subgraph = await framed(server)
  const other = subgraph.execute({ ...request, operationName: 'Stays' })
  const caller = new AbortController()
  const left = subgraph.execute({ ...request, operationName: 'Left', signal: caller.signal })
  const signal = await arrived.promise
  caller.abort()
  expect(await left).toEqual(unavailable)
  if (!signal.aborted) await once(signal, 'abort')
  held.resolve()
  expect(await other).toEqual({ text })
})

test('a server that stops answers what has begun, and its place is taken by the next one', async () => {
  const arrived = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const server = await start(async (asked) => {
    if (asked.operationName) {
      arrived.resolve()
      await held.promise
    }
    return asText(asked)
  })
  const subgraph = await framed(server)
  const begun = subgraph.execute({ ...request, operationName: 'Begun' })
  await arrived.promise
  const stopped = server.stop()
  held.resolve()
  expect(await begun).toEqual({ text })
  await stopped
  expect(await subgraph.execute(request)).toEqual(unavailable)
  await start(asText, server.port)
  expect(await subgraph.execute(request)).not.toHaveProperty('errors')
})

test('a server that drains is asked on over the same connection until it closes', async () => {
  const server = await start(asText)
  const subgraph = await framed(server)
  const stopped = server.stop({ drainMs: 500 })
  expect(await subgraph.execute(request)).toEqual({ text })
  await stopped
  expect(await subgraph.execute(request)).toEqual(unavailable)
})

test('a connection that is cut costs what is under way, and no more', async () => {
  const server = await start(async (asked) => (asked.operationName ? new Promise(() => {}) : asText(asked)))
  const subgraph = await framed(server)
  const lost = subgraph.execute({ ...request, operationName: 'Lost' })
  await server.stop({ graceMs: 0 })
  expect(await lost).toEqual(unavailable)
})

test('a connection that says nothing is used no more', async () => {
  let isSilent = false
  const server = await start(async (asked) => (isSilent ? new Promise(() => {}) : asText(asked)))
  const subgraph = await framed(server, 2_000)
  isSilent = true
  expect(await subgraph.execute(request)).toEqual(unavailable)
  isSilent = false
  expect(await subgraph.execute(request)).not.toHaveProperty('errors')
})

test.each<[string, object | string, string]>([
  ['half a JSON', '{"query":', 'body.not_json'],
  ['a list', '[]', 'body.batch'],
  ['no query', {}, 'request.invalid'],
  ['no headers', { query: '{ a }', headers: null }, 'request.headers'],
  ['a header of two lines', { query: '{ a }', headers: { 'x-request-id': 'a\r\nb' } }, 'request.headers'],
])('a request with %s is told what is wrong', async (_, body, reason) => {
  const { socket, next } = await rawFrames(await start(asText))
  socket.write(frame(frameKind.request, typeof body === 'string' ? body : { headers: {}, ...body }))
  expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'INVALID', reason } }] })
})

test.each<[string, Buffer]>([
  ['a frame that is too long', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1, 1])],
  ['a kind that there is not', frame(9, {})],
  ['bytes that are not UTF-8', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 1, 0xff])],
  ['the same id twice', Buffer.concat([frame(frameKind.request, {}), frame(frameKind.request, {})])],
])('%s cuts the connection', async (_, bytes) => {
  const { socket } = await rawFrames(await start(async () => new Promise(() => {})))
  const closed = once(socket, 'close')
  socket.write(bytes)
  await closed
})

test('a request for another protocol is answered as any', async () => {
  const server = await start(async () => ({ data: { a: 1 } }))
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query: '{ a }' }),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.headers.get('accept-upgrade')).toBe(framesProtocol)
  const socket = connect(server.port, '127.0.0.1')
  socket.end('GET /livez HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1.1 200/)
})

function frame(kind: number, body: object | string, id = 1): Buffer {
  const payload = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const head = Buffer.alloc(9)
  head.writeUInt32BE(payload.length)
  head.writeUInt32BE(id, 4)
  head[8] = kind
  return Buffer.concat([head, payload])
}

/** A connection on which anything can be said. */
async function rawFrames(server: RunningServer) {
  const asked = httpRequest(`${server.url}/graphql`, {
    agent: false,
    headers: { connection: 'Upgrade', upgrade: framesProtocol },
  })
  asked.end()
  const [, socket] = (await once(asked, 'upgrade')) as [unknown, Socket]
  cleanUps.push(() => socket.destroy())
  socket.on('error', () => {})
  const next = async () => JSON.parse(((await once(socket, 'data')) as [Buffer])[0].subarray(9).toString()) as unknown
  return { socket, next }
}
