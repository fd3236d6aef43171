import { type Condition, comparisonsOf, mapComparisons } from '@clientele/conditions'
import { tagKey } from '@clientele/contracts'
import type { SegmentRule } from './rule.js'

interface TagOperand {
  has?: string
  hasAny?: readonly string[]
  hasAll?: readonly string[]
  hasNone?: readonly string[]
}

const tagOf = (condition: Condition) => condition.tag as TagOperand | undefined

/** The keys of the tags that a rule names. */
export const tagsOf = (rule: SegmentRule): string[] =>
  comparisonsOf(rule).flatMap(({ condition }) => Object.values(tagOf(condition) ?? {}).flat())

/** The rule with its tags by their keys, as they are given to customers. */
export const withTagKeys = (rule: SegmentRule): SegmentRule =>
  mapComparisons(rule, (condition) => {
    const tag = tagOf(condition)
    if (!tag) return condition
    const keys = (named: string | readonly string[]) => (typeof named === 'string' ? tagKey(named) : named.map(tagKey))
    return { tag: Object.fromEntries(Object.entries(tag).map(([name, named]) => [name, keys(named)])) }
  })

/** The rule with each tag as any of the keys that mean the same. */
export const withAllKeys = (rule: SegmentRule, keysOf: (key: string) => readonly string[]): SegmentRule =>
  mapComparisons(rule, (condition) => {
    const { has, hasAny, hasAll = [], hasNone } = tagOf(condition) ?? {}
    if (!tagsOf(condition).some((key) => keysOf(key).length > 1)) return condition
    const each = [...(has === undefined ? [] : [has]), ...hasAll].map((key) => ({ tag: { hasAny: keysOf(key) } }))
    return {
      all: [
        ...each,
        ...(hasAny ? [{ tag: { hasAny: hasAny.flatMap(keysOf) } }] : []),
        ...(hasNone ? [{ tag: { hasNone: hasNone.flatMap(keysOf) } }] : []),
      ],
    }
  })
