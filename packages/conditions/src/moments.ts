import { type Condition, comparisonsOf, memberOf } from './condition.js'
import { fieldOf, type Vocabulary } from './vocabulary.js'

/** By the name of a field: after how many days time alone can change whether a condition on it holds. */
export type Moments = ReadonlyMap<string, ReadonlySet<number>>

/** The moments of checked conditions; empty where time alone changes nothing. */
export const momentsOf = (vocabulary: Vocabulary<never>, conditions: readonly Condition[]): Moments => {
  const moments = new Map<string, Set<number>>()
  for (const { condition } of conditions.flatMap((one) => comparisonsOf(one))) {
    const [name, operand] = memberOf(condition)
    for (const days of fieldOf(vocabulary, name).moments?.(operand as never) ?? []) {
      const known = moments.get(name) ?? new Set()
      moments.set(name, known.add(days))
    }
  }
  return moments
}
