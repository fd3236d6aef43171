import type { RequestScope } from '../src/subgraphs/subgraph-client.js'

const runHeader = 'x-run'

/** What a request asked of the subgraphs. */
export interface Asked {
  /** How often each was asked. */
  fetches: Record<string, number>
  /** How many answers were text. */
  texts: number
  /** How many were fetched speculatively. */
  speculative: number
}

interface Request {
  /** What its resolvers share. */
  state: object
  asked: Asked
  /** Whether subgraphs may answer with text, and speculative fetches. */
  isHot: boolean
}

export type Requests = ReturnType<typeof createRequests>

/** What belongs to each request under way. It is found by a header, so that requests can run side by side. */
export function createRequests(newState: () => object = () => ({})) {
  const underWay = new Map<string, Request>()
  let begun = 0
  return {
    begin(isHot = false) {
      const run = `${++begun}`
      const asked: Asked = { fetches: {}, texts: 0, speculative: 0 }
      underWay.set(run, { state: newState(), asked, isHot })
      const scope: RequestScope = {
        requestId: run,
        headers: { [runHeader]: run },
        budget: Number.POSITIVE_INFINITY,
        tellCost: false,
      }
      return { scope, asked, end: () => underWay.delete(run) }
    },
    of: (headers: Readonly<Record<string, string>>) => underWay.get(headers[runHeader] ?? '')!,
  }
}
