import { columnOf, type Predicate } from './compile.js'
import {
  conditionOf,
  factConditions,
  isFactCondition,
  leavesOf,
  type NumberCondition,
  type SegmentRule,
} from './rule.js'

/**
 * After how many days time alone can change the answer of a condition: by the column of `customer_facts` from which it counts, or
 * `received_at` of each complaint.
 */
export type Moments = ReadonlyMap<string, ReadonlySet<number>>

const received = 'received_at'

/** Whole days become more at the moment when a day is full: `gte 3` is true from three days on, `lte 3` until four. */
const changes = { eq: [0, 1], gt: [1], gte: [0], lt: [0], lte: [1] } as const

export const momentsOf = (rules: readonly SegmentRule[]): Moments => {
  const moments = new Map<string, Set<number>>()
  const add = (column: string, days: number) => moments.set(column, (moments.get(column) ?? new Set()).add(days))
  for (const { rule } of rules.flatMap((rule) => leavesOf(rule))) {
    const [name, condition] = conditionOf(rule)
    if (name === 'complaintsInDays') add(received, (condition as { days: number }).days)
    if (!isFactCondition(name) || factConditions[name].type !== 'days') continue
    for (const [operator, days] of Object.entries(condition as NumberCondition)) {
      for (const more of changes[operator as keyof typeof changes])
        add(columnOf(factConditions[name].fact), days + more)
    }
  }
  return moments
}

const day = `after.days * interval '24 hours'`
const daysOf = (days: ReadonlySet<number>) => `{${[...days].join(',')}}`

/** Ids of the customers for whom such a moment lies after `from`, up to and with `to`. A complaint leaves a window of days only after it. */
export const comeBetween = (moments: Moments, from: Date, to: Date): Predicate => {
  const parts = [...moments].map(
    ([column, days]): Predicate => ({
      sql:
        column === received
          ? `select c.customer_id as id from unnest(?::int[]) as after (days) join complaint_fact c
             on c.received_at >= ?::timestamptz - ${day} and c.received_at < ?::timestamptz - ${day}`
          : `select f.id from unnest(?::int[]) as after (days) join customer_facts f
             on f.${column} > ?::timestamptz - ${day} and f.${column} <= ?::timestamptz - ${day}`,
      params: [daysOf(days), from.toISOString(), to.toISOString()],
    }),
  )
  return union(parts)
}

/** The first such moment after `now`, of these customers (an array literal) or of all: one row with `at`, which is null where there is none. */
export const nextAfter = (moments: Moments, now: Date, customers?: string): Predicate => {
  const limited = customers === undefined ? [] : [customers]
  const parts = [...moments].map(([column, days]): Predicate => {
    const [table, id, later] =
      column === received
        ? ['complaint_fact', 'customer_id', `>= ?::timestamptz - ${day}`]
        : ['customer_facts', 'id', `> ?::timestamptz - ${day}`]
    const own = customers === undefined ? '' : `and ${id} = any(?::uuid[])`
    return {
      // A millisecond later a complaint is out of its window.
      sql: `select (select min(${column}) from ${table} where ${column} ${later} ${own}) + ${day}
              ${column === received ? `+ interval '1 millisecond'` : ''} as at from unnest(?::int[]) as after (days)`,
      params: [now.toISOString(), ...limited, daysOf(days)],
    }
  })
  const { sql, params } = union(parts)
  return { sql: `select min(at) as at from (${sql}) moments`, params }
}

const union = (parts: readonly Predicate[]): Predicate => ({
  sql: parts.map(({ sql }) => sql).join(' union all '),
  params: parts.flatMap(({ params }) => params),
})
