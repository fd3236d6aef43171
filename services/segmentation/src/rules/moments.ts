import { type Moments, momentsOf as momentsOfConditions, type Predicate } from '@clientele/conditions'
import { arrayParameter } from '@clientele/kit'
import { customerVocabulary, momentSourceOf } from './customer-vocabulary.js'
import type { SegmentRule } from './rule.js'

export type { Moments }

/** After how many days time alone can change the answer of a condition, by its name. */
export const momentsOf = (rules: readonly SegmentRule[]): Moments => momentsOfConditions(customerVocabulary, rules)

const day = `after.days * interval '24 hours'`

const sourceOf = (name: string) => {
  const { counts, ...source } = momentSourceOf(name)
  return { ...source, counted: counts ? `and ${counts('m')}` : '' }
}

/** Ids of the customers for whom such a moment lies after `from`, up to and with `to`. What is counted leaves a window of days only after it. */
export const comeBetween = (moments: Moments, from: Date, to: Date): Predicate => {
  const parts = [...moments].map(([name, days]): Predicate => {
    const { table, customer, column, inWindow, counted } = sourceOf(name)
    const [later, notLater] = inWindow ? ['>=', '<'] : ['>', '<=']
    return {
      sql: `select m.${customer} as id from unnest(?::int[]) as after (days) join ${table} m
             on m.${column} ${later} ?::timestamptz - ${day} and m.${column} ${notLater} ?::timestamptz - ${day} ${counted}`,
      params: [arrayParameter(days), from.toISOString(), to.toISOString()],
    }
  })
  return union(parts)
}

/** The first such moment after `now`, of these customers (an array literal) or of all: one row with `at`, which is null where there is none. */
export const nextAfter = (moments: Moments, now: Date, customers?: string): Predicate => {
  const limited = customers === undefined ? [] : [customers]
  const parts = [...moments].map(([name, days]): Predicate => {
    const { table, customer, column, inWindow, counted } = sourceOf(name)
    const own = customers === undefined ? '' : `and m.${customer} = any(?::uuid[])`
    const first = `select min(m.${column}) from ${table} m
              where m.${column} ${inWindow ? '>=' : '>'} ?::timestamptz - ${day} ${own} ${counted}`
    return {
      // A millisecond later it is out of its window.
      sql: `select (${first}) + ${day} ${inWindow ? `+ interval '1 millisecond'` : ''} as at
              from unnest(?::int[]) as after (days)`,
      params: [now.toISOString(), ...limited, arrayParameter(days)],
    }
  })
  const { sql, params } = union(parts)
  return { sql: `select min(at) as at from (${sql}) moments`, params }
}

const union = (parts: readonly Predicate[]): Predicate => ({
  sql: parts.map(({ sql }) => sql).join(' union all '),
  params: parts.flatMap(({ params }) => params),
})
