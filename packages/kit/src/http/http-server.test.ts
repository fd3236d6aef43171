import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { acceptedBodies, refusedBodies } from '@clientele/testkit'
import { createLog } from '../config/log.js'
import { createMetrics } from '../metrics/metrics.js'
import { type Health, health } from './health.js'
import { type RunningServer, serve } from './http-server.js'
import type { SubgraphRequest, SubgraphResponse } from './transport.js'

type Body = string | Uint8Array<ArrayBuffer>
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

test.each(refusedBodies('{ a }', oneMiB))('$what is refused with $status $reason', async (refused) => {
  const { body, headers, status, reason } = refused
  const response = await post(await start(), body, { ...json, ...headers })
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'INVALID', reason } }],
  })
  expect(lines).toEqual([])
})

test.each(acceptedBodies('{ a }', oneMiB))('accepted: $what', async ({ body, headers }) => {
  const response = await post(await start(), body, { ...json, ...headers })
  expect(await response.json()).toEqual({ data: { query: '{ a }' } })
})

/** The head of a request that says nothing of its length, answered with 100 where the server reads its body. */
const chunked = async (server: RunningServer) => {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  const fields = ['host: x', 'content-type: application/json', 'transfer-encoding: chunked', 'expect: 100-continue']
  socket.write(`POST /graphql HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  return socket
}

test('a body that hides its length is refused as soon as it is too large, and the connection is used on', async () => {
  const socket = await chunked(await start())
  socket.write(`${(oneMiB + 1).toString(16)}\r\n${'x'.repeat(oneMiB + 1)}\r\n`)
  const [refusal] = await once(socket, 'data')
  expect(String(refusal)).toMatch(/^HTTP\/1\.1 413 /)
  socket.end('0\r\n\r\nGET /livez HTTP/1.1\r\nhost: x\r\n\r\n')
  const [next] = await once(socket, 'data')
  expect(String(next)).toMatch(/^HTTP\/1\.1 200 /)
})

test('a body that is cut off is no fault of ours', async () => {
  const server = await start()
  const socket = await chunked(server)
  socket.destroy()
  await server.stop()
  expect(lines).toEqual([])
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

test('while it drains it is not ready, answers new connections, and keeps none', async () => {
  const server = await start()
  const stopped = server.stop({ drainMs: 300 })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  const response = await post(server, operation())
  expect(await response.json()).toEqual({ data: { query: '{ a }' } })
  expect(response.headers.get('connection')).toBe('close')
  await stopped
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow()
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
      message: `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or set PORT to another port.`,
    })
  } finally {
    other.close()
  }
})

test('metrics are told where there are some, and only there', async () => {
  const subgraph = { name: 'test', execute: async () => ({ data: {} }) }
  const place = { subgraph, health: health({ checks: {} }), host: '127.0.0.1', port: 0, log }
  const [plain, measured] = [await serve(place), await serve({ ...place, metrics: createMetrics({ ofProcess: true }) })]
  try {
    expect((await fetch(`${plain.url}/metrics`)).status).toBe(404)
    const answer = await fetch(`${measured.url}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(await answer.text()).toContain('process_resident_memory_bytes')
  } finally {
    await Promise.all([plain.stop(), measured.stop()])
  }
})
