import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog, httpSubgraph, type Subgraph } from '@clientele/kit'
import { type Fixture, startFixture } from '../../fixture/platform.js'

const transportLines: string[] = []
const log = createLog({ name: 'transport', destination: { write: (line) => void transportLines.push(line) } })
const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function listen(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

async function overHttp(name: string, listener: RequestListener, timeoutMs = 10_000): Promise<Subgraph> {
  const { url, close } = await listen(listener)
  const subgraph = httpSubgraph({ name, url, timeoutMs, log })
  undo.push(close, subgraph.close)
  return subgraph
}

const refusesConnections = async (name: string): Promise<Subgraph> => {
  const { url, close } = await listen(() => {})
  await close()
  const subgraph = httpSubgraph({ name, url, log })
  undo.push(subgraph.close)
  return subgraph
}

const answering =
  (status: number, type: string, body: string): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body)

const local = (name: string, execute: () => Promise<unknown>) => ({ name, execute }) as Subgraph

/** Ways for a subgraph to be of no use. */
const ways: [string, (name: string) => Promise<Subgraph> | Subgraph][] = [
  ['refuses connections', refusesConnections],
  [
    'answers HTTP 500',
    (name) => overHttp(name, answering(500, 'text/plain', 'Error: at /srv/app.js:1 password=hunter2')),
  ],
  ['answers with a page', (name) => overHttp(name, answering(200, 'text/html', '<html>proxy 10.0.0.7</html>'))],
  ['answers with broken JSON', (name) => overHttp(name, answering(200, 'application/json', '{"data":{"_ent'))],
  ['never answers', (name) => overHttp(name, () => {}, 50)],
  ['hangs up', (name) => overHttp(name, (request) => request.socket.destroy())],
  ['never answers, in process', (name) => local(name, () => new Promise(() => {}))],
  [
    'throws, in process',
    (name) =>
      local(name, async () => {
        throw new Error('boom at /srv/app.js hunter2')
      }),
  ],
  ['answers with nothing, in process', (name) => local(name, async () => ({}))],
  ['answers with another shape, in process', (name) => local(name, async () => ({ data: { _entities: 7 } }))],
]

async function withDown(name: string, make: (name: string) => Promise<Subgraph> | Subgraph): Promise<Fixture> {
  const fixture = await startFixture({ replace: await make(name), config: { subgraphTimeoutMs: 3_000 } })
  undo.push(fixture.stop)
  return fixture
}

const down = (service: string, path: (string | number)[]) => ({
  message: expect.stringContaining(`The ${service} service`),
  path,
  extensions: { code: 'UNAVAILABLE', service },
})

describe.each(ways)('a subgraph that %s', (_, make) => {
  test('costs its own fields, each told with its path in the client’s operation', async () => {
    const fixture = await withDown('interactions', make)
    const reply = await fixture.ask(
      'query ($id: ID!) { me: customer(id: $id) { id displayName v: visits { totalCount } priority satisfaction { nps } } }',
      { id: '4' },
    )
    expect(reply.status).toBe(200)
    expect(reply.data).toEqual({
      me: { id: '4', displayName: 'Customer 4', v: null, priority: null, satisfaction: { nps: 9 } },
    })
    expect(reply.errors).toHaveLength(2)
    expect(reply.errors).toEqual(
      expect.arrayContaining([down('interactions', ['me', 'v']), down('interactions', ['me', 'priority'])]),
    )
    expect(JSON.stringify(reply)).not.toMatch(/hunter2|10\.0\.0\.7|ECONN|127\.0\.0\.1|\/srv|stack/)
    const requestId = reply.headers.get('x-request-id')
    const logged = [...fixture.lines, ...transportLines].map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(logged).toContainEqual(expect.objectContaining({ requestId, subgraph: 'interactions' }))
  })

  test('costs its fields of every entity in a list', async () => {
    const fixture = await withDown('surveys', make)
    const { data, errors } = await fixture.ask(
      '{ customers(first: 4) { nodes { id satisfaction { nps } } totalCount } }',
    )
    const bare = (id: string) => ({ id, satisfaction: null })
    expect(data).toEqual({ customers: { nodes: [bare('0'), null, bare('2'), bare('3')], totalCount: 4 } })
    expect(errors).toEqual([0, 2, 3].map((index) => down('surveys', ['customers', 'nodes', index, 'satisfaction'])))
  })
})

describe('a subgraph that is down', () => {
  test('costs its root fields, under their aliases', async () => {
    const fixture = await withDown('interactions', refusesConnections)
    const { data, errors } = await fixture.ask(
      '{ first: visit(id: 1) { id } ...More customer(id: 1) { id } } fragment More on Query { second: visit(id: 2) { status } }',
    )
    expect(data).toEqual({ first: null, second: null, customer: { id: '1' } })
    expect(errors).toHaveLength(2)
    expect(errors).toEqual(expect.arrayContaining([down('interactions', ['first']), down('interactions', ['second'])]))
  })

  test('costs a mutation its result', async () => {
    const fixture = await withDown('interactions', refusesConnections)
    const { data, errors } = await fixture.ask('mutation { planned: planVisit(customerId: 1) { id } }')
    expect(data).toEqual({ planned: null })
    expect(errors).toEqual([down('interactions', ['planned'])])
  })

  test('takes along what the schema says cannot be null, and still says which field it was', async () => {
    const fixture = await withDown('interactions', refusesConnections)
    const { data, errors } = await fixture.ask('{ customer(id: 1) { id complaints { id } } }')
    expect(data).toEqual({ customer: null })
    expect(errors).toEqual([down('interactions', ['customer', 'complaints'])])
  })

  test('says nothing of fields that the client left out', async () => {
    const fixture = await withDown('surveys', refusesConnections)
    const query = 'query ($with: Boolean!) { customer(id: 1) { id satisfaction @include(if: $with) { nps } } }'
    expect((await fixture.ask(query, { with: false })).errors).toBeUndefined()
    expect((await fixture.ask(query, { with: true })).errors).toEqual([down('surveys', ['customer', 'satisfaction'])])
  })

  test('says nothing of fields that only another subgraph needs: the entity itself is named', async () => {
    const name = 'profiles'
    let calls = 0
    const fixture = await withDown(name, () =>
      local(name, async () => {
        calls++
        return {
          errors: [
            { message: `The ${name} service is not available.`, extensions: { code: 'UNAVAILABLE', service: name } },
          ],
        }
      }),
    )
    const { data, errors } = await fixture.ask('{ visit(id: 1) { customer { id priority } } }')
    expect(calls).toBe(1)
    expect(data).toEqual({ visit: { customer: { id: '1', priority: null } } })
    expect(errors).toEqual([down('profiles', ['visit', 'customer'])])
  })

  test('is told by /readyz, which stays ready; /livez asks nobody', async () => {
    const fixture = await withDown('surveys', refusesConnections)
    const ready = await fetch(`${fixture.gateway.url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toEqual({
      status: 'ok',
      checks: {
        issuer: 'ok',
        supergraph: expect.stringMatching(/^[0-9a-f]{12}$/),
        subgraphs: { interactions: 'ok', profiles: 'ok', surveys: 'unavailable' },
      },
    })
    const live = await fetch(`${fixture.gateway.url}/livez`)
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }])
  })
})

test('an error of a whole fetch, such as a refused token, is told at each field that it costs', async () => {
  const refused = { message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED', reason: 'token.missing' } }
  const fixture = await withDown('surveys', (name) => local(name, async () => ({ errors: [refused] })))
  const { data, errors } = await fixture.post({ query: '{ customer(id: 1) { id satisfaction { nps } } }' })
  expect(data).toEqual({ customer: { id: '1', satisfaction: null } })
  expect(errors).toEqual([{ ...refused, path: ['customer', 'satisfaction'] }])
})

test('a null that the schema forbids, and that no subgraph explains, is told and logged', async () => {
  const fixture = await withDown('surveys', (name) =>
    local(name, async () => ({ data: { _entities: [{ __typename: 'Customer' }] } })),
  )
  const broken = await withDown('interactions', (name) =>
    local(name, async () => ({ data: { _entities: [{ __typename: 'Customer', complaints: null }] } })),
  )
  expect((await fixture.ask('{ customer(id: 1) { satisfaction { nps } } }')).errors).toBeUndefined()
  const { data, errors } = await broken.ask('{ customer(id: 1) { id complaints { id } } }')
  expect(data).toEqual({ customer: null })
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL', requestId: expect.any(String) } })
  expect(broken.lines.join('')).toContain('broke the schema')
})
