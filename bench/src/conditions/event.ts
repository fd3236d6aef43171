import {
  type Condition,
  code,
  countInDays,
  daysSince,
  decimalsByKey,
  flag,
  number,
  path,
  set,
  text,
  type Vocabulary,
} from '@clientele/conditions'
import { foldText, limits } from '@clientele/contracts'

/** What happened with a customer, as a trigger or a partner's filter looks at it. */
export interface CustomerEvent {
  type: string
  severity: string | null
  territory: string
  tags: string[]
  isFirst: boolean
  subject: string
  visits: number | null
  totals: Record<string, string>
  lastSeenAt: Date | null
  complaintsAt: Date[]
}

const operands = { text: limits.ruleText, list: limits.ruleList }
const labels = { en: 'a field', zh: '字段' }
const limit = limits.ruleCount

export const eventVocabulary: Vocabulary<CustomerEvent> = {
  type: code({ labels, of: ({ type }) => type, operands }),
  severity: code({ labels, of: ({ severity }) => severity, operands }),
  territory: path({ labels, of: ({ territory }) => territory, operands }),
  tag: set({ labels, of: ({ tags }) => tags, operands }),
  isFirst: flag({ labels, of: ({ isFirst }) => isFirst }),
  subject: text({ labels, of: ({ subject }) => subject, operands }),
  visits: number({ labels, of: ({ visits }) => visits, limit }),
  total: decimalsByKey({
    labels,
    key: 'currency',
    keys: limits.ruleText,
    of: ({ totals }, currency) => totals[currency],
  }),
  lastSeenDaysAgo: daysSince({ labels, of: ({ lastSeenAt }) => lastSeenAt, limit: limits.ruleDays }),
  complaintsInDays: countInDays({ labels, of: ({ complaintsAt }) => complaintsAt, limit, days: limits.ruleRecentDays }),
}

/** A condition, and the same in TypeScript as one would write it by hand. */
export interface Pair {
  condition: Condition
  byHand(event: CustomerEvent, now: number): boolean
}

const day = 86_400_000

/** Of each kind of comparison one, with a number that makes it another each time. */
const kinds: readonly ((n: number) => Pair)[] = [
  (n) => ({ condition: { type: { eq: `type-${n}` } }, byHand: ({ type }) => type === `type-${n}` }),
  (n) => {
    const among = new Set(['HIGH', `S${n}`])
    return {
      condition: { severity: { in: [...among] } },
      byHand: ({ severity }) => severity !== null && among.has(severity),
    }
  },
  (n) => ({
    condition: { territory: { under: `emea/t${n}` } },
    byHand: ({ territory }) => territory === `emea/t${n}` || territory.startsWith(`emea/t${n}/`),
  }),
  (n) => ({
    condition: { tag: { hasAny: ['vip', `t${n}`] } },
    byHand: ({ tags }) => tags.includes('vip') || tags.includes(`t${n}`),
  }),
  (n) => ({ condition: { isFirst: { eq: n % 2 === 0 } }, byHand: ({ isFirst }) => isFirst === (n % 2 === 0) }),
  (n) => {
    const part = foldText(`Straße ${n}`)
    return {
      condition: { subject: { contains: `Straße ${n}` } },
      byHand: ({ subject }) => foldText(subject).includes(part),
    }
  },
  (n) => ({
    condition: { visits: { gte: n, lt: n + 3 } },
    byHand: ({ visits }) => visits !== null && visits >= n && visits < n + 3,
  }),
  (n) => ({
    condition: { total: { currency: 'EUR', gt: `${n}.5` } },
    byHand: ({ totals }) => totals.EUR !== undefined && Number(totals.EUR) > n + 0.5,
  }),
  (n) => ({
    condition: { lastSeenDaysAgo: { gt: n } },
    byHand: ({ lastSeenAt }, now) => lastSeenAt !== null && Math.floor((now - lastSeenAt.getTime()) / day) > n,
  }),
  (n) => ({
    condition: { complaintsInDays: { days: 10 * n + 1, gte: 1 } },
    byHand: ({ complaintsAt }, now) => complaintsAt.some((at) => at.getTime() >= now - (10 * n + 1) * day),
  }),
]

/** So many conditions of every kind. */
export const pairs = (count: number): Pair[] =>
  Array.from({ length: count }, (_, at) => kinds[at % kinds.length]!(Math.floor(at / kinds.length)))

/** Events of which each is another and all are the same in every run; for each condition some have it and some do not. */
export const events = (count: number, now: number): CustomerEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    type: `type-${at % 7}`,
    severity: at % 11 === 0 ? null : at % 3 ? `S${at % 6}` : 'HIGH',
    territory: `emea/t${at % 6}/district-${at % 13}`,
    tags: ['erp', `t${at % 8}`, ...(at % 10 ? [] : ['vip'])],
    isFirst: at % 2 === 0,
    subject: `Lieferung in die STRASSE ${at % 9}, 第${at}号`,
    visits: at % 5 ? at % 9 : null,
    totals: totalsOf(at),
    lastSeenAt: at % 6 ? new Date(now - (at % 8) * day) : null,
    complaintsAt: Array.from({ length: at % 4 }, (_, one) => new Date(now - (one * 17 + (at % 40)) * day)),
  }))

const totalsOf = (at: number): Record<string, string> => (at % 4 ? { EUR: `${at % 6}.${at % 100}`, CNY: '100' } : {})
