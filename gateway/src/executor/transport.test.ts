import { once } from 'node:events'
import type { Subgraph, SubgraphRequest } from '@clientele/kit'
import { createCompiled, scopeIn } from '../../fixture/executor/compiled.js'

const query = '{ user(id: "3") { id age written { __typename } } products { stock { count } } }'

/** Keeps what reaches subgraphs. */
function recorder(answer: (subgraph: Subgraph, request: SubgraphRequest) => ReturnType<Subgraph['execute']>) {
  const requests: (SubgraphRequest & { name: string })[] = []
  const through = (subgraph: Subgraph): Subgraph => ({
    name: subgraph.name,
    execute(request) {
      requests.push({ ...request, name: subgraph.name })
      return answer(subgraph, request)
    },
  })
  return { requests, through }
}

const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x-request-id': 'one' }

test('every fetch is of the trace and the request', async () => {
  const { requests, through } = recorder((subgraph, request) => subgraph.execute(request))
  const answer = await createCompiled({ through })
    .prepared(query)!
    .answer({}, scopeIn({ texts: 100 }, { headers: trace }))
  expect(answer).toHaveProperty('text')
  expect(requests.map(({ name, isSpeculative }) => `${name}${isSpeculative ? ' ahead' : ''}`).sort()).toEqual([
    'catalog',
    'inventory',
    'people',
    'reviews ahead',
  ])
  for (const { headers } of requests) expect(headers).toMatchObject(trace)
  expect(requests.some(({ acceptsText }) => acceptsText)).toBe(true)
})

/** Answers when it is told that nobody waits. */
const untilAborted = async (_: Subgraph, { signal }: SubgraphRequest) => {
  if (!signal!.aborted) await once(signal!, 'abort')
  return { data: { late: true } }
}

test('what nobody waits for any more is stopped in every subgraph', async () => {
  const { requests, through } = recorder(untilAborted)
  const client = new AbortController()
  const answer = createCompiled({ through })
    .prepared(query)!
    .answer({}, scopeIn({}, { signal: client.signal }))!
  expect(requests.map(({ name }) => name).sort()).toEqual(['catalog', 'people', 'reviews'])
  client.abort()
  expect(await answer).toMatchObject({ data: { user: null, products: null } })
  for (const { signal } of requests) expect(signal!.aborted).toBe(true)
})

test('what takes too long is stopped in every subgraph', async () => {
  const { requests, through } = recorder(untilAborted)
  const answer = await createCompiled({ through, timeoutMs: 20 }).prepared(query)!.answer({}, scopeIn({}))
  const errors = 'errors' in answer! ? answer.errors! : []
  expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['user'], 'UNAVAILABLE'],
    [['products'], 'UNAVAILABLE'],
  ])
  for (const { signal } of requests) expect(signal!.aborted).toBe(true)
})
