import { once } from 'node:events'
import type { Subgraph, SubgraphRequest } from '@clientele/kit'
import { until } from '@clientele/testkit'
import { startFixture } from '../../fixture/platform.js'
import { heavyLimits } from '../limits/heavy-requests.js'

/** A subgraph that tells of its requests and never answers. */
function silent(name: string) {
  const { promise: asked, resolve } = Promise.withResolvers<SubgraphRequest>()
  const subgraph: Subgraph = {
    name,
    execute(request) {
      resolve(request)
      return new Promise(() => {})
    },
  }
  return { subgraph, asked }
}

test('when the client leaves, the subgraphs are told to give up a query', async () => {
  const { subgraph, asked } = silent('interactions')
  const fixture = await startFixture({ replace: subgraph })
  try {
    const client = new AbortController()
    const url = `${fixture.gateway.url}/graphql?query=${encodeURIComponent('{ visit(id: 1) { id } }')}`
    const reply = fetch(url, { signal: client.signal, headers: { 'apollo-require-preflight': '1' } })
    const { signal } = await asked
    expect(signal?.aborted).toBe(false)
    const told = new Promise((resolve) => signal?.addEventListener('abort', resolve))
    client.abort()
    await expect(reply).rejects.toThrow()
    await told
    expect(signal?.aborted).toBe(true)
  } finally {
    await fixture.stop()
  }
})

test('a mutation goes on without its client, up to its time', async () => {
  const { subgraph, asked } = silent('interactions')
  const fixture = await startFixture({ replace: subgraph, config: { subgraphTimeoutMs: 1_000 } })
  try {
    const client = new AbortController()
    const reply = fetch(`${fixture.gateway.url}/graphql`, {
      method: 'POST',
      signal: client.signal,
      headers: { 'content-type': 'application/json' },
      body: '{"query":"mutation { planVisit(customerId: 1) { id } }"}',
    })
    const { signal } = await asked
    client.abort()
    await expect(reply).rejects.toThrow()
    if (!signal!.aborted) await once(signal!, 'abort')
    expect(fixture.lines.some((line) => line.includes('did not answer in time'))).toBe(true)
  } finally {
    await fixture.stop()
  }
})

test('a client that leaves while a large request waits gives its place to the next', async () => {
  const { subgraph } = silent('interactions')
  const fixture = await startFixture({ replace: subgraph })
  const clients: AbortController[] = []
  const answers = new Map<AbortController, number | undefined>()
  const large = async () => {
    const client = new AbortController()
    clients.push(client)
    const reply = fetch(`${fixture.gateway.url}/graphql`, {
      method: 'POST',
      signal: client.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ visit(id: 1) { id } } #${'-'.repeat(4 * heavyLimits.budgetInQuiet)}` }),
    })
    const status = await reply.then(
      (response) => response.status,
      () => undefined,
    )
    answers.set(client, status)
    return status
  }
  try {
    for (let sent = 0; sent < 1 + heavyLimits.waitingOfCaller + 3; sent++) void large()
    // The one that runs, alone as it is larger than the budget, and those that wait are never answered; three are refused.
    await until(() => answers.size === 3)
    expect([...answers.values()]).toEqual([429, 429, 429])
    clients.findLast((client) => !answers.has(client))?.abort()
    await until(async () => (await Promise.race([large(), new Promise((waits) => setTimeout(waits, 1_000))])) !== 429)
  } finally {
    for (const client of clients) client.abort()
    await fixture.stop()
  }
})

const costly =
  'query ($id: ID!) { customers(first: 100) { nodes { visits(first: 100) { totalCount nodes { status } } } } customer(id: $id) { id } }'

test.each([
  ['a body is large', `{ customers { totalCount } } #${'-'.repeat(4 * heavyLimits.budgetInQuiet)}`, false],
  ['an operation costs much', costly, false],
  ['an operation that is known costs much', costly, true],
])('who has waited for as long as it is set is told to try again, where %s', async (_, query, isKnown) => {
  const { subgraph, asked } = silent('surveys')
  const fixture = await startFixture({ replace: subgraph, config: { heavyWaitMs: 50 } })
  const client = new AbortController()
  try {
    if (isKnown) expect((await fixture.ask(query, { id: '1' })).status).toBe(200)
    const first = fetch(`${fixture.gateway.url}/graphql`, {
      method: 'POST',
      signal: client.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `{ customer(id: 1) { satisfaction { nps } } } #${'-'.repeat(4 * heavyLimits.budgetInQuiet)}`,
      }),
    }).catch(() => undefined)
    await asked
    const { status, headers, errors } = await fixture.ask(query, { id: '1' })
    expect([status, headers.get('retry-after')]).toEqual([503, '1'])
    expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE', reason: 'request.waited_too_long' })
    client.abort()
    await first
  } finally {
    await fixture.stop()
  }
})
