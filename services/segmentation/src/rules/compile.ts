import {
  type CodeCondition,
  conditionOf,
  factConditions,
  isFactCondition,
  type NumberCondition,
  type RecentComplaintsCondition,
  type RfmCondition,
  type SegmentRule,
  type TagCondition,
  type TerritoryCondition,
  type TotalCondition,
} from './rule.js'

/** A piece of SQL with a `?` for each parameter. */
export interface Predicate {
  sql: string
  params: (string | number)[]
}

/**
 * What a predicate is over: `f` the facts of a customer, `s` their RFM score, if they have one. Customers not known yet
 * are left out.
 */
export const factsWithScore =
  'customer_facts f left join rfm_score s on s.tenant = f.tenant and s.id = f.id and f.purchase_count > 0'
export const isKnown = 'f.customer_version > 0'

const millisecondsOfDay = 86_400_000

/** One predicate over `factsWithScore`, true or false and never null: what is not known makes its condition false. */
export const compileRule = (rule: SegmentRule, now: Date): Predicate => {
  const [name, condition] = conditionOf(rule)
  if (name === 'all') return joined(' and ', condition as SegmentRule[], now)
  if (name === 'any') return joined(' or ', condition as SegmentRule[], now)
  if (name === 'not') {
    const inner = compileRule(condition as SegmentRule, now)
    return { sql: `not ${inner.sql}`, params: inner.params }
  }
  const parts = conditions(name, condition, now)
  return {
    sql: `coalesce(${parts.map(({ sql }) => sql).join(' and ')}, false)`,
    params: parts.flatMap(({ params }) => params),
  }
}

/** The parameter for a text[], written as the array literal of PostgreSQL. */
export const textArray = (values: readonly string[]) =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, (special) => `\\${special}`)}"`).join(',')}}`

const joined = (operator: string, rules: readonly SegmentRule[], now: Date): Predicate => {
  const parts = rules.map((rule) => compileRule(rule, now))
  return { sql: `(${parts.map(({ sql }) => sql).join(operator)})`, params: parts.flatMap(({ params }) => params) }
}

const conditions = (name: keyof SegmentRule, condition: unknown, now: Date): Predicate[] => {
  if (isFactCondition(name)) {
    const { type, fact } = factConditions[name]
    const column = `f.${columnOf(fact)}`
    if (type === 'code') return codes(column, condition as CodeCondition)
    if (type === 'number') return numbers(column, condition as NumberCondition)
    return numbers(`floor(extract(epoch from (?::timestamptz - ${column})) / 86400)`, condition as NumberCondition, [
      now.toISOString(),
    ])
  }
  switch (name) {
    case 'territory':
      return territory(condition as TerritoryCondition)
    case 'tag':
      return tags(condition as TagCondition)
    case 'purchaseTotal': {
      const { currency, ...bounds } = condition as TotalCondition
      return numbers('(f.purchase_totals ->> ?)::numeric', bounds, [currency])
    }
    case 'complaintsInDays': {
      const { days, ...bounds } = condition as RecentComplaintsCondition
      return numbers(recentComplaints, bounds, [new Date(now.getTime() - days * millisecondsOfDay).toISOString()])
    }
    case 'rfm':
      return rfm(condition as RfmCondition)
    default:
      throw new Error(`A rule has no condition ${name}.`)
  }
}

const recentComplaints = `(select count(*) from complaint_fact c
   where c.customer_id = f.id and c.status <> 'DUPLICATE' and c.received_at >= ?::timestamptz)`

/** The column of a fact. */
export const columnOf = (fact: string) => fact.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const operators = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

/** `expression` has its own parameters, which come before each value. */
const numbers = (
  expression: string,
  condition: NumberCondition<number | string>,
  own: readonly string[] = [],
): Predicate[] =>
  Object.entries(condition).map(([operator, value]) => ({
    sql: `${expression} ${operators[operator as keyof typeof operators]} ?::numeric`,
    params: [...own, value],
  }))

const codes = (column: string, { eq, in: oneOf }: CodeCondition): Predicate[] => [
  ...(eq === undefined ? [] : [{ sql: `${column} = ?`, params: [eq] }]),
  ...(oneOf === undefined ? [] : [{ sql: `${column} = any(?::text[])`, params: [textArray(oneOf)] }]),
]

const territory = ({ under, ...code }: TerritoryCondition): Predicate[] => [
  ...codes('f.territory', code),
  ...(under === undefined
    ? []
    : [{ sql: '(f.territory = ? or starts_with(f.territory, ?))', params: [under, `${under}/`] }]),
]

const tagOperators = {
  has: 'f.tags @> ?::text[]',
  hasAll: 'f.tags @> ?::text[]',
  hasAny: 'f.tags && ?::text[]',
  hasNone: 'not f.tags && ?::text[]',
} as const

const tags = (condition: TagCondition): Predicate[] =>
  Object.entries(condition).map(([operator, wanted]) => ({
    sql: tagOperators[operator as keyof typeof tagOperators],
    params: [textArray([wanted].flat())],
  }))

const rfm = ({ r, f, m, score }: RfmCondition): Predicate[] => [
  ...(r ? numbers('s.r', r) : []),
  ...(f ? numbers('s.f', f) : []),
  ...(m ? numbers('s.m', m) : []),
  ...(score ? numbers('(s.r + s.f + s.m)', score) : []),
]
