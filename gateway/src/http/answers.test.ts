import { type ContractHeader, contractHeaders } from '@clientele/kit'
import { type Fixture, startFixture, transports } from '../../fixture/platform.js'

const transportHeaders = new Set(['accept', 'connection', 'content-length', 'content-type', 'host'])

describe.each(transports)('answers over subgraphs %s', (transport) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await startFixture({ transport })
  })
  afterAll(() => fixture?.stop())

  test('one query is answered by all subgraphs', async () => {
    const { status, data, errors } = await fixture.ask(
      `query Everything($id: ID!) {
        customer(id: $id) { id who: displayName priority visits(first: 1) { nodes { status } totalCount } satisfaction { nps } }
      }`,
      { id: '4' },
    )
    expect(errors).toBeUndefined()
    expect(status).toBe(200)
    expect(data).toEqual({
      customer: {
        id: '4',
        who: 'Customer 4',
        priority: 'p4',
        visits: { nodes: [{ status: 'PLANNED' }], totalCount: 2 },
        satisfaction: { nps: 9 },
      },
    })
  })

  test('a mutation runs and joins', async () => {
    const { data } = await fixture.ask(
      'mutation Create($input: CreateCustomer!) { createCustomer(input: $input) { displayName kind satisfaction { nps } } }',
      { input: { displayName: '王芳', kind: 'PERSON' } },
    )
    expect(data).toEqual({ createCustomer: { displayName: '王芳', kind: 'PERSON', satisfaction: { nps: 9 } } })
  })

  test("the contract's headers reach every subgraph, and no others", async () => {
    const sent: Record<ContractHeader, string> = {
      authorization: `Bearer ${await fixture.issuer.token()}`,
      'x-request-id': 'walk-1',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      tracestate: 'vendor=1',
      'accept-language': 'zh-CN',
      'x-clientele-tenant': 'acme',
      'x-clientele-purpose': 'support',
      'x-clientele-origin': 'erp',
      'x-clientele-cost': '1',
      'x-clientele-address': '203.0.113.9',
      'x-clientele-speculative': '1',
    }
    const handedOn = Object.fromEntries(
      Object.entries(sent).filter(([name]) => {
        const { from, to } = contractHeaders[name as ContractHeader]
        return from === 'client' && to === 'subgraphs'
      }),
    )
    const query = '{ profilesHeaders { name value } interactionsHeaders { name value } }'
    const { data, headers } = await fixture.post(
      { query },
      {
        ...sent,
        cookie: 'session=1',
        'x-internal': 'yes',
        'x-clientele-future': 'yes',
      },
    )
    for (const list of [data?.profilesHeaders, data?.interactionsHeaders]) {
      const got = Object.fromEntries(list.map(({ name, value }: { name: string; value: string }) => [name, value]))
      expect(got).toMatchObject({ ...handedOn, 'x-clientele-address': '127.0.0.1' })
      const meant = Object.keys(got).filter((name) => !transportHeaders.has(name))
      expect(meant.toSorted()).toEqual([...Object.keys(handedOn), 'x-clientele-address'].toSorted())
    }
    expect(headers.get('x-request-id')).toBe('walk-1')
  })

  test.each([
    [
      'INVALID',
      'The phone number is not one.',
      {
        code: 'INVALID',
        reason: 'customer.phone',
        fields: [{ path: 'input.phone', reason: 'phone.malformed', message: 'Write it like +49 30 1234567.' }],
      },
    ],
    ['CONFLICT', 'It was changed meanwhile.', { code: 'CONFLICT', reason: 'version.stale' }],
    ['FORBIDDEN', 'You may not.', { code: 'FORBIDDEN' }],
  ])('a subgraph’s %s keeps message, code, reason, fields and path', async (how, message, extensions) => {
    const { status, data, errors } = await fixture.ask(`{ bad: fail(how: ${how}) customer(id: 1) { id } }`)
    expect(status).toBe(200)
    expect(data).toEqual({ bad: null, customer: { id: '1' } })
    expect(errors).toEqual([{ message, path: ['bad'], extensions }])
  })

  test('an error in a list of entities keeps the path to its element', async () => {
    const { data, errors } = await fixture.ask('{ all: customers(first: 4) { nodes { id ok: guarded } } }')
    expect(data?.all.nodes[2]).toEqual({ id: '2', ok: null })
    expect(errors).toEqual([
      {
        message: 'Not yours.',
        path: ['all', 'nodes', 2, 'ok'],
        extensions: { code: 'FORBIDDEN', reason: 'customer.territory' },
      },
    ])
  })

  test('an unknown error is masked, with a request id that is in the log', async () => {
    const reply = await fixture.ask('{ fail(how: UNKNOWN) }', undefined, { 'x-request-id': `lost-${transport[0]}` })
    expect(reply.errors).toEqual([
      {
        message: expect.stringContaining('Something went wrong'),
        path: ['fail'],
        extensions: { code: 'INTERNAL', requestId: `lost-${transport[0]}` },
      },
    ])
    expect(JSON.stringify(reply)).not.toMatch(/ECONNREFUSED|hunter2|10\.0\.0\.7|stack/)
    expect(fixture.lines.join('')).toContain(`lost-${transport[0]}`)
  })

  test('without a token the subgraphs decide', async () => {
    const { data, errors } = await fixture.post({ query: '{ secret customer(id: 1) { id } }' })
    expect(data).toEqual({ secret: null, customer: { id: '1' } })
    expect(errors).toEqual([
      { message: 'Sign in first.', path: ['secret'], extensions: { code: 'UNAUTHENTICATED', reason: 'token.missing' } },
    ])
  })
})
