import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { createLog } from '../config/log.js'
import { type Health, health } from './health.js'
import { type RunningServer, serve } from './http-server.js'
import type { SubgraphRequest, SubgraphResponse } from './transport.js'

type Body = string | Uint8Array<ArrayBuffer> | URLSearchParams
type Execute = (request: SubgraphRequest) => Promise<SubgraphResponse>

const lines: string[] = []
const log = createLog({ name: 'test', destination: { write: (line) => void lines.push(line) } })
const running: RunningServer[] = []
let probe: Health

async function start(execute: Execute = async ({ query }) => ({ data: { query } })) {
  probe = health({ checks: { database: async () => {} } })
  const server = await serve({ subgraph: { name: 'test', execute }, health: probe, host: '127.0.0.1', port: 0, log })
  running.push(server)
  return server
}

afterEach(async () => {
  lines.length = 0
  await Promise.all(running.splice(0).map((server) => server.stop({ graceMs: 0 })))
})

const json = { 'content-type': 'application/json' }
const post = (server: RunningServer, body: Body, headers: Record<string, string> = json) =>
  fetch(`${server.url}/graphql`, { method: 'POST', body, headers })
const operation = (fields: object = {}) => JSON.stringify({ query: '{ a }', ...fields })

test('hands the operation to the subgraph and its answer back', async () => {
  const seen: SubgraphRequest[] = []
  const server = await start(async (request) => {
    seen.push(request)
    return { data: null, errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] }
  })
  const response = await post(server, operation({ operationName: 'A', variables: { id: 1 }, extensions: {} }), {
    'content-type': 'application/json; charset=utf-8',
    Authorization: 'Bearer x',
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ data: null, errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] })
  expect(seen).toEqual([
    expect.objectContaining({ query: '{ a }', operationName: 'A', variables: { id: 1 }, signal: expect.anything() }),
  ])
  expect(seen[0]!.headers).toMatchObject({ authorization: 'Bearer x' })
})

const oneMiB = 1_048_576
const padded = (length: number) => operation({ query: 'x'.repeat(length - operation({ query: '' }).length) })

test.each<[string, number, string, Body, Record<string, string>?]>([
  ['no body', 400, 'http.json', ''],
  ['broken JSON', 400, 'http.json', '{"query":'],
  ['bytes that are not UTF-8', 400, 'http.json', new Uint8Array([0x22, 0xff, 0x22])],
  ['a batch', 400, 'http.batch', `[${operation()}]`],
  ['no query', 400, 'http.query', '{}'],
  ['null', 400, 'http.query', 'null'],
  ['a query that is no text', 400, 'http.query', operation({ query: 1 })],
  ['an operation name that is no text', 400, 'http.operation_name', operation({ operationName: {} })],
  ['variables that are no object', 400, 'http.variables', operation({ variables: [] })],
  ['another content type', 415, 'http.content_type', operation(), { 'content-type': 'text/plain' }],
  ['another charset', 415, 'http.content_type', operation(), { 'content-type': 'application/json; charset=utf-16' }],
  ['a form', 415, 'http.content_type', new URLSearchParams({ query: '{a}' }), {}],
  ['a compressed body', 415, 'http.content_encoding', operation(), { ...json, 'content-encoding': 'gzip' }],
  ['a body over the limit', 413, 'http.too_large', padded(oneMiB + 1)],
])('refuses %s with %i %s', async (...row) => {
  const [, status, reason, body, headers = json] = row
  const response = await post(await start(), body, headers)
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'INVALID', reason } }],
  })
  expect(lines).toEqual([])
})

test('accepts a body at the limit; refuses one that hides its length', async () => {
  const server = await start(async () => ({ data: {} }))
  expect((await post(server, padded(oneMiB))).status).toBe(200)
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  )
  socket.write(`${(oneMiB + 1).toString(16)}\r\n${'x'.repeat(oneMiB + 1)}\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /)
  await once(socket, 'close')
})

test.each<[string, string, number, string]>([
  ['GET', '/graphql?query={a}', 405, 'INVALID'],
  ['GET', '/', 404, 'NOT_FOUND'],
  ['POST', '/graphql/', 404, 'NOT_FOUND'],
  ['POST', '/readyz', 405, 'INVALID'],
])('%s %s answers %i', async (method, path, status, code) => {
  const response = await fetch((await start()).url + path, { method })
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({
    errors: [expect.objectContaining({ extensions: expect.objectContaining({ code }) })],
  })
})

test('what breaks inside is logged and told to nobody', async () => {
  const headers = { ...json, 'x-request-id': 'r-7' }
  const response = await post(await start(() => Promise.reject(new TypeError('inside'))), operation(), headers)
  expect(response.status).toBe(500)
  const extensions = { code: 'INTERNAL', requestId: 'r-7' }
  expect(await response.json()).toEqual({ errors: [{ message: expect.any(String), extensions }] })
  const err = { type: 'TypeError', message: 'inside', stack: expect.stringContaining('http-server.test') }
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ requestId: 'r-7', err }])
})

test('probes answer, and readiness goes with draining', async () => {
  const server = await start()
  expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ok', checks: { database: 'ok' } })
  probe.drain()
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${server.url}/livez`)).status).toBe(200)
})

test('a client that goes away aborts the signal', async () => {
  const started = Promise.withResolvers<AbortSignal>()
  const server = await start(({ signal }) => {
    started.resolve(signal!)
    return new Promise((resolve) => signal!.addEventListener('abort', () => resolve({ data: {} })))
  })
  const leaving = new AbortController()
  const request = fetch(`${server.url}/graphql`, {
    method: 'POST',
    body: operation(),
    headers: json,
    signal: leaving.signal,
  })
  const signal = await started.promise
  expect(signal.aborted).toBe(false)
  leaving.abort()
  await expect(request).rejects.toThrow()
  if (!signal.aborted) await once(signal, 'abort')
  expect(signal.aborted).toBe(true)
})

test('stop answers what is in flight, refuses what is new, and can be called twice', async () => {
  const [started, finish] = [Promise.withResolvers<AbortSignal>(), Promise.withResolvers<SubgraphResponse>()]
  const server = await start(({ signal }) => {
    started.resolve(signal!)
    return finish.promise
  })
  const inFlight = post(server, operation())
  await started.promise
  const stopped = Promise.all([server.stop(), server.stop()])
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow()
  expect((await probe.ready()).status).toBe(503)
  finish.resolve({ data: { done: true } })
  const response = await inFlight
  expect(await response.json()).toEqual({ data: { done: true } })
  expect(response.headers.get('connection')).toBe('close')
  await stopped
})

test('stop cuts off what outlasts the grace, and aborts it', async () => {
  const started = Promise.withResolvers<AbortSignal>()
  const server = await start(({ signal }) => {
    started.resolve(signal!)
    return new Promise(() => {})
  })
  const request = expect(post(server, operation())).rejects.toThrow()
  const signal = await started.promise
  await server.stop({ graceMs: 1 })
  await request
  if (!signal.aborted) await once(signal, 'abort')
  expect(signal.aborted).toBe(true)
})

test('a port that is taken is named', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  try {
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const subgraph = { name: 'test', execute: async () => ({ data: {} }) }
    await expect(
      serve({ subgraph, health: health({ checks: {} }), host: '127.0.0.1', port, log }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'port.taken',
      message: expect.stringContaining(String(port)),
    })
  } finally {
    other.close()
  }
})
