import { isDeepStrictEqual } from 'node:util'

/** What a variant answers, in the shape of the gateway's query. */
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

/** What the field `root` of a GraphQL answer holds. Throws when there is an error or nothing. */
export const answerIn = (name: string, body: string, root: string): Answer => {
  const { data, errors } = JSON.parse(body) as { data?: Record<string, Answer | null> | null; errors?: unknown }
  const answer = data?.[root]
  if (errors || !answer) throw new Error(`${name} gives no answer: ${body.slice(0, 500)}`)
  return answer
}

/** Throws unless every part has content in some row: empty answers would all be the same. */
export const assertFilled = (rows: readonly Answer[]): void => {
  const parts = new Set(rows.flatMap(Object.keys))
  const empty = [...parts].filter((part) => !rows.some((row) => hasContent(row[part])))
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
