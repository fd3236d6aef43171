/**
 * A condition on a subject: a tree whose every node has exactly one member. That is `all`, `any` or `not`, or the name of a field with
 * what it is compared with. A comparison with a value that is not known is false, and `not` turns that into true.
 */
export interface Condition {
  readonly all?: readonly Condition[]
  readonly any?: readonly Condition[]
  readonly not?: Condition
  readonly [field: string]: unknown
}

/** The one member of a node. */
export const memberOf = (condition: Condition): [name: string, value: unknown] =>
  Object.entries(condition)[0] as [string, unknown]

/** The conditions that a node of this name combines; undefined where it is a comparison. */
export const partsOf = (name: string, value: unknown): readonly Condition[] | undefined => {
  if (name === 'not') return [value as Condition]
  return name === 'all' || name === 'any' ? (value as readonly Condition[]) : undefined
}

/** A comparison with its place in the whole, such as `any.0.tag`. */
export interface Comparison {
  path: string
  condition: Condition
}

/** The comparisons of a condition, from left to right. */
export const comparisonsOf = (condition: Condition, path = ''): Comparison[] => {
  const [name, value] = memberOf(condition)
  const here = path ? `${path}.${name}` : name
  const parts = partsOf(name, value)
  if (!parts) return [{ path: here, condition }]
  return parts.flatMap((part, index) => comparisonsOf(part, name === 'not' ? here : `${here}.${index}`))
}

/** The condition with each of its comparisons as this makes it. */
export const mapComparisons = (condition: Condition, change: (comparison: Condition) => Condition): Condition => {
  const [name, value] = memberOf(condition)
  const parts = partsOf(name, value)?.map((part) => mapComparisons(part, change))
  if (!parts) return change(condition)
  return { [name]: name === 'not' ? parts[0] : parts }
}
