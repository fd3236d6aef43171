import { isDeepStrictEqual } from 'node:util'

/** What any of the contestants says about one customer, in the shape of the query Customer360. */
export type Answer = Record<string, unknown>

/** Throws, with both sides, unless two answers say the same: moments and amounts may be written differently. */
export const assertSame = (name: string, actual: Answer, expected: Answer): void => {
  const [left, right] = [plain(actual), plain(expected)]
  if (isDeepStrictEqual(left, right)) return
  const parts = Object.keys({ ...expected, ...actual }).filter(
    (key) => !isDeepStrictEqual((left as Answer)[key], (right as Answer)[key]),
  )
  const show = (side: unknown) => parts.map((key) => `  ${key}: ${JSON.stringify((side as Answer)[key])}`).join('\n')
  throw new Error(`${name} answers\n${show(left)}\nwhere the hand-written SQL has\n${show(right)}`)
}

/** The customer in a GraphQL answer. Throws when there is an error or no customer. */
export const answerIn = (name: string, body: string): Answer => {
  const { data, errors } = JSON.parse(body) as { data?: { customer: Answer | null } | null; errors?: unknown }
  const answer = data?.customer
  if (errors || !answer) throw new Error(`${name} gives no answer: ${body.slice(0, 500)}`)
  return answer
}

/** Throws unless every part of the query has content for some customer: empty answers would all be the same. */
export const assertFilled = (answers: readonly Answer[]): void => {
  const parts = new Set(answers.flatMap(Object.keys))
  const empty = [...parts].filter((part) => !answers.some((answer) => hasContent(answer[part])))
  if (empty.length || !parts.size) throw new Error(`the seed has nothing for: ${empty.join(', ')}`)
}

const hasContent = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value !== 'object' || value === null) return value != null
  return Object.values(value).every(hasContent)
}

const plain = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => plain(item))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part, name)]))
  }
  if (typeof value !== 'string') return value
  if (/At$|^plannedStart$|^resolveBy$/.test(key)) return new Date(value).toISOString()
  if (key === 'amount') return value.replace(/\.0+$|(\.\d*?)0+$/, '$1')
  return value
}
