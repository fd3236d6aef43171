import type { Ask, ComparedRequest } from '../comparison/comparison.js'

const page =
  'query Page($after: String) { customers(first: 100, after: $after) { nodes { number } pageInfo { endCursor } } }'

interface Page {
  customers: { nodes: { number: string }[]; pageInfo: { endCursor: string } }
}

/** The gateway's cursors for the places that requests begin behind, found as a client finds them: page by page. */
export const cursorsOf = async (requests: readonly ComparedRequest[], ask: Ask): Promise<(string | null)[]> => {
  const cursors = new Map<string, string>()
  for (const sameTenant of Object.values(Object.groupBy(requests, ({ tenant }) => tenant))) {
    await walk(sameTenant as ComparedRequest[], ask, cursors)
  }
  return requests.map(({ tenant, subject }) => {
    if (subject === null) return null
    const cursor = cursors.get(`${tenant} ${subject}`)
    if (cursor === undefined) throw new Error(`no page of ${tenant} ends with ${subject}`)
    return cursor
  })
}

/** Reads on until every place of the tenant's requests has been seen. */
const walk = async (requests: readonly ComparedRequest[], ask: Ask, cursors: Map<string, string>) => {
  const [{ tenant }] = requests as [ComparedRequest]
  const left = new Set(requests.map(({ subject }) => subject).filter((subject) => subject !== null))
  let after: string | null = null
  while (left.size) {
    const { customers } = (await ask(requests[0] as ComparedRequest, page, { after })) as Page
    const last = customers.nodes.at(-1)
    if (!last) return
    after = customers.pageInfo.endCursor
    cursors.set(`${tenant} ${last.number}`, after)
    left.delete(last.number)
  }
}
