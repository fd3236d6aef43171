import type { Ask, Question } from '../comparison/comparison.js'

const page =
  'query Page($after: String) { customers(first: 100, after: $after) { nodes { number } pageInfo { endCursor } } }'

interface Page {
  customers: { nodes: { number: string }[]; pageInfo: { endCursor: string } }
}

/** The gateway's cursors for the places that questions begin behind, found as a client finds them: page by page. */
export const cursorsOf = async (questions: readonly Question[], ask: Ask): Promise<(string | null)[]> => {
  const cursors = new Map<string, string>()
  for (const sameTenant of Object.values(Object.groupBy(questions, ({ tenant }) => tenant))) {
    await walk(sameTenant as Question[], ask, cursors)
  }
  return questions.map(({ tenant, subject }) => {
    if (subject === null) return null
    const cursor = cursors.get(`${tenant} ${subject}`)
    if (cursor === undefined) throw new Error(`no page of ${tenant} ends with ${subject}`)
    return cursor
  })
}

/** Reads on until every place of the tenant's questions has been seen. */
const walk = async (questions: readonly Question[], ask: Ask, cursors: Map<string, string>) => {
  const [{ tenant }] = questions as [Question]
  const left = new Set(questions.map(({ subject }) => subject).filter((subject) => subject !== null))
  let after: string | null = null
  while (left.size) {
    const { customers } = (await ask(questions[0] as Question, page, { after })) as Page
    const last = customers.nodes.at(-1)
    if (!last) return
    after = customers.pageInfo.endCursor
    cursors.set(`${tenant} ${last.number}`, after)
    left.delete(last.number)
  }
}
