import { isMap, isScalar, type Node, type Pair, type Scalar } from 'yaml'

/** How a mapping is read: every value and key is the text that is written, so `01067` and `1e3` stay what they are. */
export const asWritten = { schema: 'failsafe', prettyErrors: false } as const

/** The text of a value or a key. */
export const textOf = (node: Scalar | null | undefined): string => String(node?.value ?? '')

/** Whether nothing is written, or one of the words by which YAML says so; `"null"` in quotes is a text. */
export const isNothing = (node: Scalar): boolean =>
  node.type === 'PLAIN' ? /^(|~|null|Null|NULL)$/.test(textOf(node)) : node.value === null

/** What is written as the argument of a transform: texts, null for nothing, and tables of them. */
export const argumentOf = (node: Node | null | undefined): unknown => {
  if (isScalar(node)) return isNothing(node) ? null : textOf(node)
  if (!isMap(node)) return node === null || node === undefined ? null : []
  const entries = node.items as Pair<Scalar, Node | null>[]
  return Object.fromEntries(entries.map(({ key, value }) => [textOf(key), argumentOf(value)]))
}
