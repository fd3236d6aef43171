import type { Subgraph, SubgraphRequest, SubgraphResponse } from '@clientele/kit'

/** How a subgraph can fail, and what comes of it. */
const failures = {
  refuses: async () => ({ errors: [{ message: 'Not now.', extensions: { code: 'UNAVAILABLE', reason: 'fault' } }] }),
  breaks: async () => ({ errors: [{ message: 'a secret of the database' }] }),
  throws: async () => {
    throw new Error('the connection was cut')
  },
  'says nothing': async () => ({}),
  'answers something else': async () => ({ data: { _entities: 'none', something: 7 } }),
  'loses an entry': async (answer) => withoutFirst(await answer()),
  'loses a value': async (answer) => withNull(await answer()),
} satisfies Record<string, (answer: () => Promise<SubgraphResponse>) => Promise<SubgraphResponse>>

export type Failure = keyof typeof failures
export const failureNames = Object.keys(failures) as Failure[]

/** One subgraph fails, when it is asked for entities, for root fields, or for anything. */
export interface Fault {
  service: string
  failure: Failure
  asked: 'entities' | 'root fields' | 'anything'
}

/** The subgraph, failing where the fault of the request's id says so. */
export const faulty = (subgraph: Subgraph, faults: ReadonlyMap<string, Fault>): Subgraph => ({
  ...subgraph,
  execute: (request) => {
    const fault = faults.get(request.headers['x-request-id'] ?? '')
    if (!fault || !meets(fault, subgraph.name, request)) return subgraph.execute(request)
    const { acceptsText: _, ...asked } = request
    return failures[fault.failure](() => subgraph.execute(asked))
  },
})

const meets = ({ service, asked }: Fault, name: string, { variables }: SubgraphRequest) =>
  service === name && (asked === 'anything' || (asked === 'entities') === Array.isArray(variables?.representations))

const withoutFirst = ({ data, ...rest }: SubgraphResponse): SubgraphResponse => {
  if (!Array.isArray(data?._entities)) return { data: null, ...rest }
  return { data: { ...data, _entities: data._entities.slice(1) }, ...rest }
}

/** The first root field, or the last entity, is null with an error at its place. */
const withNull = ({ data, ...rest }: SubgraphResponse): SubgraphResponse => {
  const [first] = Object.keys(data ?? {})
  if (!data || !first) return { data: data ?? null, ...rest }
  const list = data[first]
  const isEntities = first === '_entities' && Array.isArray(list)
  const path = isEntities ? [first, list.length - 1] : [first]
  return {
    data: { ...data, [first]: isEntities ? [...list.slice(0, -1), null] : null },
    errors: [...(rest.errors ?? []), { message: 'Lost.', path, extensions: { code: 'NOT_FOUND' } }],
  }
}
