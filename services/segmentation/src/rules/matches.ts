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

type Fact = (typeof factConditions)[keyof typeof factConditions]['fact']

/** The facts of one customer as far as rules look at them; null is not known. */
export type Facts = Record<Fact, string | number | Date | null> & {
  territory: string | null
  tags: string[]
  /** Net total per currency, decimals as strings. */
  purchaseTotals: Record<string, string>
  /** When each complaint that repeats no other was received. */
  complaintsReceivedAt: Date[]
  rfm: { r: number; f: number; m: number } | null
}

/** Whether a rule holds for a customer: the same answer as the compiled predicate's, worked out without a database. */
export const matches = (rule: SegmentRule, facts: Facts, now: Date): boolean => {
  const [name, condition] = conditionOf(rule)
  if (name === 'all') return (condition as SegmentRule[]).every((child) => matches(child, facts, now))
  if (name === 'any') return (condition as SegmentRule[]).some((child) => matches(child, facts, now))
  if (name === 'not') return !matches(condition as SegmentRule, facts, now)
  if (isFactCondition(name)) return onFact(name, condition as CodeCondition & NumberCondition, facts, now)
  switch (name) {
    case 'territory':
      return isIn(condition as TerritoryCondition, facts.territory)
    case 'tag':
      return hasTags(condition as TagCondition, new Set(facts.tags))
    case 'purchaseTotal': {
      const { currency, ...bounds } = condition as TotalCondition
      const total = facts.purchaseTotals[currency]
      return total !== undefined && isWithin(scaledBounds(bounds), scaled(total))
    }
    case 'complaintsInDays': {
      const { days, ...bounds } = condition as RecentComplaintsCondition
      const since = now.getTime() - days * 86_400_000
      return isWithin(bounds, facts.complaintsReceivedAt.filter((at) => at.getTime() >= since).length)
    }
    case 'rfm': {
      const { r, f, m, score } = condition as RfmCondition
      const own = facts.rfm
      if (!own) return false
      return isWithin(r, own.r) && isWithin(f, own.f) && isWithin(m, own.m) && isWithin(score, own.r + own.f + own.m)
    }
    default:
      throw new Error(`A rule has no condition ${name}.`)
  }
}

const onFact = (
  name: keyof typeof factConditions,
  condition: CodeCondition & NumberCondition,
  facts: Facts,
  now: Date,
) => {
  const { type, fact } = factConditions[name]
  const value = facts[fact]
  if (value === null) return false
  if (type === 'code') return isCode(condition, value as string)
  if (type === 'number') return isWithin(condition, value as number)
  return isWithin(condition, Math.floor((now.getTime() - (value as Date).getTime()) / 86_400_000))
}

const isCode = ({ eq, in: oneOf }: CodeCondition, value: string) =>
  (eq === undefined || value === eq) && (oneOf === undefined || oneOf.includes(value))

const isIn = ({ under, ...code }: TerritoryCondition, value: string | null) =>
  value !== null && isCode(code, value) && (under === undefined || value === under || value.startsWith(`${under}/`))

const hasTags = ({ has, hasAny, hasAll, hasNone }: TagCondition, tags: ReadonlySet<string>) =>
  (has === undefined || tags.has(has)) &&
  (hasAny === undefined || hasAny.some((tag) => tags.has(tag))) &&
  (hasAll === undefined || hasAll.every((tag) => tags.has(tag))) &&
  (hasNone === undefined || !hasNone.some((tag) => tags.has(tag)))

const isWithin = <N extends number | bigint>(bounds: NumberCondition<N> | undefined, value: N): boolean =>
  !bounds ||
  ((bounds.eq === undefined || value === bounds.eq) &&
    (bounds.gt === undefined || value > bounds.gt) &&
    (bounds.gte === undefined || value >= bounds.gte) &&
    (bounds.lt === undefined || value < bounds.lt) &&
    (bounds.lte === undefined || value <= bounds.lte))

/** Ten-thousandths: the four decimals that amounts have. */
const scaled = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const value = BigInt(whole + fraction.padEnd(4, '0'))
  return decimal.startsWith('-') ? -value : value
}

const scaledBounds = (bounds: NumberCondition<string>): NumberCondition<bigint> =>
  Object.fromEntries(Object.entries(bounds).map(([operator, value]) => [operator, scaled(value)]))
