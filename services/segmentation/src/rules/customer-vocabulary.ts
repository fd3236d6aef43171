import {
  code,
  countInDays,
  daysSince,
  decimal,
  decimalsByKey,
  type Labels,
  number,
  numberGroup,
  path,
  type Standard,
  type StoredVocabulary,
  set,
  stored,
} from '@clientele/conditions'
import {
  type ComplaintSeverity,
  type CustomerKind,
  type CustomerStatus,
  countries,
  limits,
  type NumberLimit,
} from '@clientele/contracts'
import { columnName, currencies } from '@clientele/kit'
import { complaintFacts, isCounted } from '../facts/complaint-facts.js'
import { ageBands, genders, industries, sizeBands } from './coarse-labels.js'

/** What rules look at of one customer; null is not known. */
export interface Facts {
  kind: string | null
  status: string | null
  ownerId: string | null
  territory: string | null
  source: string | null
  tags: string[]
  customerCreatedAt: Date | null
  country: string | null
  region: string | null
  city: string | null
  industry: string | null
  sizeBand: string | null
  ageBand: string | null
  gender: string | null
  purchaseCount: number
  firstPurchaseAt: Date | null
  lastPurchaseAt: Date | null
  /** Net total per currency, decimals as strings. */
  purchaseTotals: Record<string, string>
  /** Net total of all currencies in the tenant's own. */
  convertedTotal: string | null
  complaintCount: number
  openComplaints: number
  lastComplaintAt: Date | null
  lastComplaintSeverity: string | null
  /** When each complaint that repeats no other was received. */
  complaintsReceivedAt: Date[]
  visitCount: number
  lastVisitAt: Date | null
  nps: number | null
  csat: number | null
  ces: number | null
  lastRespondedAt: Date | null
  /** Null for who never purchased or has no score yet. */
  rfm: { r: number; f: number; m: number } | null
}

/**
 * What the SQL of the vocabulary is over: `f` the facts of a customer, `s` their RFM score, if they have one. Customers not known yet
 * are left out.
 */
export const factsWithScore =
  'customer_facts f left join rfm_score s on s.tenant = f.tenant and s.id = f.id and f.purchase_count > 0'
export const isKnown = 'f.customer_version > 0'

const operands = { text: limits.ruleText, list: limits.ruleList }
const count = limits.ruleCount

const columnOf = (fact: string) => `f.${columnName(fact)}`

/** Conditions that count days since a moment, with the fact that holds it. */
const momentFacts = {
  createdDaysAgo: 'customerCreatedAt',
  firstPurchaseDaysAgo: 'firstPurchaseAt',
  lastPurchaseDaysAgo: 'lastPurchaseAt',
  lastComplaintDaysAgo: 'lastComplaintAt',
  lastRespondedDaysAgo: 'lastRespondedAt',
  lastVisitDaysAgo: 'lastVisitAt',
} as const

/** Where moments are that days are counted from: a column of a table with one row for each customer, or for each of what is counted. */
interface MomentSource {
  table: string
  /** The column with the customer's id. */
  customer: string
  column: string
  /** Which rows count; all unless given. */
  counts?: (row: string) => string
}

/** Conditions that count what happened in a window of days, with where each of it is. */
const countedIn = {
  complaintsInDays: { table: complaintFacts, customer: 'customer_id', column: 'received_at', counts: isCounted },
} as const satisfies Record<string, MomentSource>

const isIn = <T extends object>(all: T, name: PropertyKey): name is keyof T => Object.hasOwn(all, name)

/** Where the moments of a condition of this name are, and whether it counts them in a window. Throws for a condition without moments. */
export const momentSourceOf = (name: string): MomentSource & { inWindow: boolean } => {
  if (isIn(countedIn, name)) return { ...countedIn[name], inWindow: true }
  if (!isIn(momentFacts, name)) throw new Error(`No moment of a customer is known for ${name}.`)
  return { table: 'customer_facts', customer: 'id', column: columnName(momentFacts[name]), inWindow: false }
}

type CodeFact = 'kind' | 'status' | 'ownerId' | 'source' | CoarseFact | 'lastComplaintSeverity'
type CoarseFact = 'country' | 'region' | 'city' | 'industry' | 'sizeBand' | 'ageBand' | 'gender'

const codeOf = (
  fact: CodeFact,
  en: string,
  zh: string,
  known: { values?: Record<string, Labels>; standard?: Standard } = {},
) => stored(columnOf(fact), code({ labels: { en, zh }, of: (facts: Facts) => facts[fact], operands, ...known }))

const numberOf = (
  fact: 'purchaseCount' | 'complaintCount' | 'openComplaints' | 'visitCount' | 'nps' | 'csat' | 'ces',
  en: string,
  zh: string,
  limit: NumberLimit = count,
) => stored(columnOf(fact), number({ labels: { en, zh }, of: (facts: Facts) => facts[fact], limit }))

const daysSinceFact = (name: keyof typeof momentFacts, en: string, zh: string) =>
  stored(
    columnOf(momentFacts[name]),
    daysSince({ labels: { en, zh }, of: (facts: Facts) => facts[momentFacts[name]], limit: limits.ruleDays }),
  )

/** How many of what is counted happened within the days; `of` are its moments. */
const countedInDays = (name: keyof typeof countedIn, of: (facts: Facts) => readonly Date[], en: string, zh: string) => {
  const { table, customer, column, counts } = countedIn[name]
  return stored(
    `(select count(*) from ${table} c where c.${customer} = f.id and ${counts('c')} and c.${column} >= ?::timestamptz)`,
    countInDays({ labels: { en, zh }, of, limit: count, days: limits.ruleRecentDays }),
  )
}

const score = (name: 'r' | 'f' | 'm', en: string, zh: string) => ({
  labels: { en, zh },
  of: (scores: NonNullable<Facts['rfm']>) => scores[name],
  limit: limits.quintile,
})

const kinds: Record<CustomerKind, Labels> = {
  PERSON: { en: 'person', zh: '个人' },
  ORGANIZATION: { en: 'organization', zh: '单位' },
}
const statuses: Record<CustomerStatus, Labels> = {
  ACTIVE: { en: 'active', zh: '有效' },
  ARCHIVED: { en: 'archived', zh: '已归档' },
}
export const severities: Record<ComplaintSeverity, Labels> = {
  LOW: { en: 'low', zh: '低' },
  MEDIUM: { en: 'medium', zh: '中' },
  HIGH: { en: 'high', zh: '高' },
  CRITICAL: { en: 'critical', zh: '严重' },
}

/** What a country and a currency may be. */
const isoCountries: Standard = { name: 'ISO 3166-1', example: 'DE', codes: countries }
export const isoCurrencies: Standard = { name: 'ISO 4217', example: 'EUR', codes: currencies }

/** What rules can put a condition on, by the names of `SegmentRuleInput`. */
export const customerVocabulary: StoredVocabulary<Facts> = {
  kind: codeOf('kind', 'kind', '客户类型', { values: kinds }),
  status: codeOf('status', 'status', '客户状态', { values: statuses }),
  owner: codeOf('ownerId', 'owner', '负责人'),
  territory: stored(
    columnOf('territory'),
    path({ labels: { en: 'territory', zh: '销售区域' }, of: ({ territory }: Facts) => territory, operands }),
  ),
  source: codeOf('source', 'source', '来源'),
  tag: stored(columnOf('tags'), set({ labels: { en: 'tags', zh: '标签' }, of: ({ tags }: Facts) => tags, operands })),
  country: codeOf('country', 'country', '国家', { standard: isoCountries }),
  region: codeOf('region', 'region', '省份'),
  city: codeOf('city', 'city', '城市'),
  industry: codeOf('industry', 'industry', '行业', { values: industries }),
  sizeBand: codeOf('sizeBand', 'size', '企业规模', { values: sizeBands }),
  ageBand: codeOf('ageBand', 'age', '年龄段', { values: ageBands }),
  gender: codeOf('gender', 'gender', '性别', { values: genders }),
  purchaseCount: numberOf('purchaseCount', 'number of purchases', '购买次数'),
  purchaseTotal: stored(
    '(f.purchase_totals ->> ?)::numeric',
    decimalsByKey({
      labels: { en: 'total of purchases in {}', zh: '购买总额（{}）' },
      key: 'currency',
      keys: limits.ruleText,
      standard: isoCurrencies,
      of: ({ purchaseTotals }: Facts, currency) => purchaseTotals[currency],
    }),
  ),
  convertedTotal: stored(
    '(case when f.converted_currency is not null then f.converted_total end)',
    decimal({
      labels: { en: 'total of all purchases', zh: '全部购买总额' },
      of: ({ convertedTotal }: Facts) => convertedTotal,
    }),
  ),
  lastPurchaseDaysAgo: daysSinceFact('lastPurchaseDaysAgo', 'days since the last purchase', '距上次购买天数'),
  firstPurchaseDaysAgo: daysSinceFact('firstPurchaseDaysAgo', 'days since the first purchase', '距首次购买天数'),
  rfm: stored(
    { r: 's.r', f: 's.f', m: 's.m', score: '(s.r + s.f + s.m)' },
    numberGroup({
      labels: { en: 'RFM score', zh: 'RFM 评分' },
      of: ({ rfm }: Facts) => rfm,
      parts: {
        r: score('r', 'recency', '近度'),
        f: score('f', 'frequency', '频度'),
        m: score('m', 'amount', '额度'),
        score: { labels: { en: 'sum', zh: '总分' }, of: ({ r, f, m }) => r + f + m, limit: limits.ruleRfmSum },
      },
    }),
  ),
  complaintCount: numberOf('complaintCount', 'number of complaints', '投诉次数'),
  openComplaints: numberOf('openComplaints', 'open complaints', '未结投诉数'),
  complaintsInDays: countedInDays(
    'complaintsInDays',
    ({ complaintsReceivedAt }) => complaintsReceivedAt,
    'complaints in the last {} days',
    '最近 {} 天投诉数',
  ),
  lastComplaintSeverity: codeOf('lastComplaintSeverity', 'severity of the last complaint', '最近投诉严重度', {
    values: severities,
  }),
  lastComplaintDaysAgo: daysSinceFact('lastComplaintDaysAgo', 'days since the last complaint', '距上次投诉天数'),
  visitCount: numberOf('visitCount', 'number of visits', '拜访次数'),
  lastVisitDaysAgo: daysSinceFact('lastVisitDaysAgo', 'days since the last visit', '距上次拜访天数'),
  nps: numberOf('nps', 'likelihood to recommend', '推荐意愿', limits.nps),
  csat: numberOf('csat', 'satisfaction', '满意度', limits.csat),
  ces: numberOf('ces', 'ease', '轻松度', limits.ces),
  lastRespondedDaysAgo: daysSinceFact('lastRespondedDaysAgo', 'days since the last answer', '距上次答卷天数'),
  createdDaysAgo: daysSinceFact('createdDaysAgo', 'days since creation', '建档天数'),
}
