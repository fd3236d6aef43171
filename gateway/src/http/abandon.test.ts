import type { Subgraph, SubgraphRequest } from '@clientele/kit'
import { startFixture } from '../../fixture/platform.js'

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
  const fixture = await startFixture({ replace: subgraph, config: { subgraphTimeoutMs: 100 } })
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
    await fetch(`${fixture.gateway.url}/livez`)
    expect(signal?.aborted).toBe(false)
    await new Promise((resolve) => signal?.addEventListener('abort', resolve))
  } finally {
    await fixture.stop()
  }
})
