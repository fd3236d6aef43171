import { limits } from '@clientele/contracts'

/** Conditions on a number; all that are given must hold. */
export interface NumberCondition<N = number> {
  eq?: N
  gt?: N
  gte?: N
  lt?: N
  lte?: N
}

/** Conditions on a code or key. */
export interface CodeCondition {
  eq?: string
  in?: string[]
}

/** `under` holds for the territory itself and for all below it. */
export interface TerritoryCondition extends CodeCondition {
  under?: string
}

export interface TagCondition {
  has?: string
  hasAny?: string[]
  hasAll?: string[]
  hasNone?: string[]
}

/** Net total of the purchases in one currency; decimals as strings. */
export interface TotalCondition extends NumberCondition<string> {
  currency: string
}

/** How many complaints were received in the last so many days. */
export interface RecentComplaintsCondition extends NumberCondition {
  days: number
}

/** `score` is r + f + m. */
export interface RfmCondition {
  r?: NumberCondition
  f?: NumberCondition
  m?: NumberCondition
  score?: NumberCondition
}

/** Plain facts that a rule can put a condition on: which fact, and which values make sense. `days` counts whole days since then. */
export const factConditions = {
  kind: { type: 'code', fact: 'kind' },
  status: { type: 'code', fact: 'status' },
  owner: { type: 'code', fact: 'ownerId' },
  source: { type: 'code', fact: 'source' },
  lastComplaintSeverity: { type: 'code', fact: 'lastComplaintSeverity' },
  purchaseCount: { type: 'number', fact: 'purchaseCount', limit: limits.ruleCount },
  complaintCount: { type: 'number', fact: 'complaintCount', limit: limits.ruleCount },
  openComplaints: { type: 'number', fact: 'openComplaints', limit: limits.ruleCount },
  visitCount: { type: 'number', fact: 'visitCount', limit: limits.ruleCount },
  nps: { type: 'number', fact: 'nps', limit: limits.nps },
  csat: { type: 'number', fact: 'csat', limit: limits.csat },
  ces: { type: 'number', fact: 'ces', limit: limits.ces },
  createdDaysAgo: { type: 'days', fact: 'customerCreatedAt' },
  firstPurchaseDaysAgo: { type: 'days', fact: 'firstPurchaseAt' },
  lastPurchaseDaysAgo: { type: 'days', fact: 'lastPurchaseAt' },
  lastComplaintDaysAgo: { type: 'days', fact: 'lastComplaintAt' },
  lastRespondedDaysAgo: { type: 'days', fact: 'lastRespondedAt' },
  lastVisitDaysAgo: { type: 'days', fact: 'lastVisitAt' },
} as const

export type FactCondition = keyof typeof factConditions

type ConditionOf<Name extends FactCondition> = (typeof factConditions)[Name]['type'] extends 'code'
  ? CodeCondition
  : NumberCondition

type OnFacts = { [Name in FactCondition]?: ConditionOf<Name> }

/** A rule over a customer's facts: a tree whose every node has exactly one of these. A condition on a fact that is not known is false. */
export interface SegmentRule extends OnFacts {
  all?: SegmentRule[]
  any?: SegmentRule[]
  not?: SegmentRule
  territory?: TerritoryCondition
  tag?: TagCondition
  purchaseTotal?: TotalCondition
  complaintsInDays?: RecentComplaintsCondition
  rfm?: RfmCondition
}

export const isFactCondition = (name: string): name is FactCondition => name in factConditions

/** The one condition of a node, by name. */
export const conditionOf = (rule: SegmentRule): [name: keyof SegmentRule, condition: unknown] =>
  Object.entries(rule)[0] as [keyof SegmentRule, unknown]

/** A node of a rule with its place in it, such as `any.0.tag`. */
export interface Leaf {
  path: string
  rule: SegmentRule
}

/** The conditions of a rule without the nodes that combine them, from left to right. */
export const leavesOf = (rule: SegmentRule, path = ''): Leaf[] => {
  const [name, condition] = conditionOf(rule)
  const here = path ? `${path}.${name}` : name
  if (name === 'not') return leavesOf(condition as SegmentRule, here)
  if (name === 'all' || name === 'any') {
    return (condition as SegmentRule[]).flatMap((child, index) => leavesOf(child, `${here}.${index}`))
  }
  return [{ path: here, rule }]
}
