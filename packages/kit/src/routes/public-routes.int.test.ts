import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { startForTest, type TestService, until } from '@clientele/testkit'
import { vi } from 'vitest'
import { example } from '../../../testkit/src/example/example.service.js'
import { Note } from '../../../testkit/src/example/note.entity.js'
import { createLog } from '../config/log.js'
import { Forbidden, Invalid } from '../errors/errors.js'
import { defineService } from '../service/service.js'
import { createLinkToken, linkHolder, tenantOfLinkToken } from './link-token.js'
import { servePublicRoutes } from './public-server.js'
import type { Route, RouteAnswer, RouteRequest } from './route.js'

const holders = new Map<string, string>()
const tokenFor = (tenant: string) => {
  const token = createLinkToken(tenant)
  holders.set(token, tenant)
  return token
}

let answer: (request: RouteRequest) => RouteAnswer | Promise<RouteAnswer> = () => ({})
const holder: Route['holder'] = async (_, token) => {
  const tenant = tenantOfLinkToken(token)
  return tenant && holders.has(token) ? linkHolder(tenant, 'link') : undefined
}
const routes: Route[] = [
  {
    method: 'GET',
    path: '/notes/:token.txt',
    holder,
    answer: async (ctx) => ({
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: (await ctx.em.find(Note, {}, { filters: false })).map(({ title }) => title).join('\n'),
    }),
  },
  { method: 'GET', path: '/box/:token', holder, answer: async (_, request) => answer(request) },
  { method: 'PUT', path: '/long/:token', bodyBytes: 100, longBody: true, holder, answer: async (_, r) => answer(r) },
  { method: 'PUT', path: '/box/:token', bodyBytes: 10, holder, answer: async (_, request) => answer(request) },
]

const lines: string[] = []
const log = createLog({ name: 'test', destination: { write: (line) => void lines.push(line) } })
let svc: TestService

beforeAll(async () => {
  svc = await startForTest(defineService({ ...example, routes }), {
    log,
    publicly: { PUBLIC_RATE_PER_ADDRESS: 100_000 },
  })
})
beforeEach(() => {
  lines.length = 0
})

const at = (path: string, init?: RequestInit) => fetch(svc.publicUrl + path, init)
const coded = (code: string, reason?: string) => ({
  errors: [{ message: expect.any(String), extensions: { code, ...(reason && { reason }) } }],
})
const create = `mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }`
const note = (title: string) => ({
  input: { subjectId: '0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4f', kind: 'PLAIN', title },
})

test('a link shows what its tenant has, and no other', async () => {
  await svc.as('manager').mutate(create, note('客户 🙂 مرحبا'))
  await svc.as({ roles: ['manager'], tenant: 'globex' }).mutate(create, note('theirs'))
  const response = await at(`/notes/${tokenFor('acme')}.txt`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await response.text()).toBe('客户 🙂 مرحبا')
  expect(await (await at(`/notes/${tokenFor('globex')}.txt`)).text()).toBe('theirs')
  expect(await (await at(`/notes/${tokenFor('nobody')}.txt`)).text()).toBe('')
})

test('an answer allows no script, no cache, no frame and no referrer', async () => {
  const { headers } = await at(`/box/${tokenFor('acme')}`)
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-request-id': expect.any(String),
  })
})

test.each([
  ['a token that nobody has', () => `/box/${createLinkToken('acme')}`],
  ['a token of another form', () => '/box/x'],
  ['a token that is percent-encoded', () => `/box/${tokenFor('acme').replace('.', '%2E')}`],
  ['a token that is too long', () => `/box/acme.${'x'.repeat(3_000)}`],
  ['no token', () => '/box/'],
  ['more than a token', () => `/box/${tokenFor('acme')}/x`],
  ['a way out', () => `/box/%2e%2e/graphql`],
  ['what belongs to the other port: GraphQL', () => '/graphql'],
  ['what belongs to the other port: probes', () => '/readyz'],
])('%s looks as if there were nothing', async (_, path) => {
  const response = await at(path())
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual(coded('NOT_FOUND', 'request.path'))
})

test('cookies and bearer tokens mean nothing and are not seen', async () => {
  let seen: object = {}
  answer = ({ headers, query }) => {
    seen = { headers, q: query.get('q') }
    return {}
  }
  const headers = { cookie: 'a=b', authorization: 'Bearer x', range: 'bytes=0-1' }
  await at(`/box/${tokenFor('acme')}?q=%E5%AE%A2`, { headers })
  expect(seen).toMatchObject({ headers: { range: 'bytes=0-1' }, q: '客' })
  expect(seen).not.toMatchObject({ headers: { cookie: expect.anything() } })
  expect(seen).not.toMatchObject({ headers: { authorization: expect.anything() } })
})

test('HEAD says what GET would, without the body', async () => {
  answer = () => ({ headers: { 'x-note': 'y' }, body: 'six by' })
  const response = await at(`/box/${tokenFor('acme')}`, { method: 'HEAD' })
  expect([response.headers.get('x-note'), response.headers.get('content-length')]).toEqual(['y', '6'])
  expect(await response.text()).toBe('')
})

test('a page of any origin may use a link, as there are no cookies; other methods are refused', async () => {
  const path = `/box/${tokenFor('acme')}`
  const preflight = await at(path, { method: 'OPTIONS' })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD, PUT')
  const refused = await at(path, { method: 'DELETE' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT'])
  expect(await refused.json()).toEqual(coded('INVALID', 'request.method'))
})

test('a body arrives whole', async () => {
  answer = async ({ body }) => ({ body: await text(body) })
  expect(await (await at(`/box/${tokenFor('acme')}`, { method: 'PUT', body: '客户🙂' })).text()).toBe('客户🙂')
  expect(await (await at(`/box/${tokenFor('acme')}`, { method: 'PUT' })).text()).toBe('')
})

test.each([
  ['says so', (body: string) => body],
  ['hides it', (body: string) => new Blob([body]).stream()],
])('a body that is too large and %s is refused', async (_, as) => {
  answer = async ({ body }) => ({ body: await text(body) })
  const init = { method: 'PUT', body: as('x'.repeat(11)), duplex: 'half' } as RequestInit
  const response = await at(`/box/${tokenFor('acme')}`, init)
  expect(response.status).toBe(413)
  expect(await response.json()).toEqual(coded('INVALID', 'body.too_large'))
})

test('an answer may be a stream; one that breaks is cut off', async () => {
  answer = () => ({ body: Readable.from(['客户', ' 🙂']) })
  expect(await (await at(`/box/${tokenFor('acme')}`)).text()).toBe('客户 🙂')
  async function* breaking() {
    yield 'half'
    throw new Error('inside')
  }
  answer = () => ({ body: Readable.from(breaking()) })
  await expect(at(`/box/${tokenFor('acme')}`).then((response) => response.text())).rejects.toThrow()
})

test.each<[string, Error, number, object]>([
  ['our own error', new Invalid('No.', { reason: 'entity.reference' }), 400, coded('INVALID', 'entity.reference')],
  ['what is not theirs', new Forbidden('No.'), 403, coded('FORBIDDEN')],
  [
    'what nobody expected',
    new TypeError('inside'),
    500,
    { errors: [{ message: expect.any(String), extensions: { code: 'INTERNAL', requestId: 'r-7' } }] },
  ],
])('%s is answered with its code and nothing of our insides', async (_, error, status, body) => {
  answer = () => Promise.reject(error)
  const response = await at(`/box/${tokenFor('acme')}`, { headers: { 'x-request-id': 'r-7' } })
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual(body)
})

test('what was refused to the holder of a link is in the audit log', async () => {
  answer = () => Promise.reject(new Forbidden('No.', { reason: 'access_scope', params: { roles: [] } }))
  await at(`/box/${tokenFor('acme')}`)
  const denied = await svc.database.system.query(
    `select subject, action, reason from audit_entry where outcome = 'DENIED' and subject = 'link'`,
  )
  expect(denied.rows).toContainEqual(expect.objectContaining({ subject: 'link', action: '/box/:token' }))
})

test('the log says which route was asked for, and no token', async () => {
  answer = () => ({ status: 202 })
  const token = tokenFor('acme')
  await at(`/box/${token}`)
  await at(`/box/${createLinkToken('acme')}`)
  await until(() => lines.length === 2)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { route: '/box/:token', method: 'GET', status: 202, ms: expect.any(Number), requestId: expect.any(String) },
    { route: '/box/:token', method: 'GET', status: 404 },
  ])
  expect(lines.join()).not.toContain('acme')
})

const alone = async (o: Partial<Parameters<typeof servePublicRoutes>[0]> = {}) => {
  const server = await servePublicRoutes({
    services: [{ name: 'example', routes }],
    running: () => svc,
    settings: { PUBLIC_RATE_PER_ADDRESS: 600, PUBLIC_RATE_PER_TOKEN: 600, TRUSTED_PROXIES: ['127.0.0.1'] },
    host: '127.0.0.1',
    port: 0,
    log,
    ...o,
  })
  svc.defer(() => server.stop({ graceMs: 0 }))
  return server
}

test('requests are counted by address and by token', async () => {
  // The clock stands still: nobody's bucket fills meanwhile.
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  answer = () => ({})
  const settings = { PUBLIC_RATE_PER_ADDRESS: 18, PUBLIC_RATE_PER_TOKEN: 12, TRUSTED_PROXIES: ['127.0.0.1'] }
  const { url } = await alone({ settings })
  const statuses = async (from: string, tokens: string[]) => {
    const got: number[] = []
    for (const token of tokens) {
      const response = await fetch(`${url}/box/${token}`, { headers: { 'x-forwarded-for': from } })
      got.push(response.status)
      if (response.status === 429) {
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
        expect(await response.json()).toEqual(coded('RATE_LIMITED', 'rate.requests'))
      }
    }
    return got
  }
  const shared = tokenFor('acme')
  expect(await statuses('203.0.113.1', [shared, shared])).toEqual([200, 200])
  expect(await statuses('203.0.113.2', [shared])).toEqual([429])
  const guesses = Array.from({ length: 4 }, () => createLinkToken('acme'))
  expect(await statuses('203.0.113.3', guesses)).toEqual([404, 404, 404, 429])
})

test('while the service starts, its routes say so', async () => {
  const { url } = await alone({ running: () => undefined })
  const response = await fetch(`${url}/box/${tokenFor('acme')}`)
  expect([response.status, await response.json()]).toEqual([503, coded('UNAVAILABLE', 'start')])
})

test('an answer that takes too long is given up, and told so to the route', async () => {
  const { promise: told, resolve } = Promise.withResolvers<void>()
  answer = ({ signal }) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
    return new Promise<never>(() => {})
  }
  const { url } = await alone({ timeoutMs: 20 })
  const response = await fetch(`${url}/box/${tokenFor('acme')}`)
  expect([response.status, await response.json()]).toEqual([503, coded('UNAVAILABLE', 'request.timeout')])
  await told
})

/** A body of so many pieces of a byte, one after another. */
const slowBody = (pieces: number, everyMs: number, end = true) =>
  new ReadableStream({
    start: async (stream) => {
      for (let sent = 0; sent < pieces; sent++) {
        stream.enqueue(new TextEncoder().encode('x'))
        await new Promise((resume) => setTimeout(resume, everyMs))
      }
      if (end) stream.close()
    },
  })
const putSlowly = async (url: string, body: ReadableStream) => {
  const response = await fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)
  return [response.status, await response.text()]
}

test('a body that may take long may as long as it goes on arriving, and ends when it stands still; another one may not', async () => {
  let cut = 0
  answer = async ({ body, signal }) => {
    let whole = false
    signal.addEventListener('abort', () => {
      if (!whole) cut++
    })
    const read = await text(body)
    whole = true
    return { body: read }
  }
  const { url } = await alone({ timeoutMs: 400 })
  expect(await putSlowly(`${url}/long/${tokenFor('acme')}`, slowBody(10, 100))).toEqual([200, 'x'.repeat(10)])
  expect(cut).toBe(0)
  const late = [503, expect.stringContaining('request.timeout')]
  expect(await putSlowly(`${url}/long/${tokenFor('acme')}`, slowBody(3, 10, false))).toEqual(late)
  expect(await putSlowly(`${url}/box/${tokenFor('acme')}`, slowBody(9, 100))).toEqual(late)
  expect(cut).toBe(2)
})

test('a client that leaves is told to the route', async () => {
  const { promise: asked, resolve: begin } = Promise.withResolvers<void>()
  const { promise: told, resolve } = Promise.withResolvers<void>()
  answer = ({ signal }) => {
    begin()
    signal.addEventListener('abort', () => resolve())
    return new Promise<never>(() => {})
  }
  const leave = new AbortController()
  const left = at(`/box/${tokenFor('acme')}`, { signal: leave.signal })
  await asked
  leave.abort()
  await expect(left).rejects.toThrow()
  await told
})

test('a server that stops answers what is in flight and takes nothing new', async () => {
  const { promise: asked, resolve: begin } = Promise.withResolvers<void>()
  const { promise: end, resolve: finish } = Promise.withResolvers<void>()
  answer = async () => {
    begin()
    await end
    return { body: 'whole' }
  }
  const server = await alone()
  const running = fetch(`${server.url}/box/${tokenFor('acme')}`)
  await asked
  const stopped = server.stop({ graceMs: 600_000 })
  const late = connect(server.port, '127.0.0.1')
  await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  finish()
  expect(await (await running).text()).toBe('whole')
  await stopped
})

test.each<[string, Partial<Route>[], string]>([
  ['without a token', [{ path: '/box' }], 'a prefix and a token'],
  ['with a parameter of another name', [{ path: '/box/:id' }], 'a prefix and a token'],
  ['at the root', [{ path: '/:token' }], 'a prefix and a token'],
  ['with a body of a GET', [{ bodyBytes: 1 }], 'a GET has no body'],
  ['twice', [{}, {}], 'declared twice'],
])('a route cannot be declared %s', (_, given, message) => {
  const declared = given.map((each) => ({ ...routes[1]!, ...each }))
  expect(() => defineService({ ...example, routes: declared })).toThrow(message)
})

test('one route belongs to one service of a process', async () => {
  const services = ['one', 'other'].map((name) => ({ name, routes }))
  await expect(alone({ services })).rejects.toThrow('one and other both declare the route /notes/:token.txt')
})
