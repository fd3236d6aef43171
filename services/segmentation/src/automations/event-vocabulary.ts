import { code, decimal, type Labels, number, type Standard, type Vocabulary } from '@clientele/conditions'
import { limits, type VisitMode } from '@clientele/contracts'
import { isoCurrencies, severities } from '../rules/customer-vocabulary.js'

/** What is kept of the data of an event that may set automations off: codes, sums and ids. */
export interface OccurrenceData {
  severity?: string
  category?: string | null
  channel?: string | null
  mode?: string
  amount?: string | null
  currency?: string
  nps?: number | null
  csat?: number | null
  ces?: number | null
  segmentId?: string
  changedFields?: string[]
}

const operands = { text: limits.ruleText, list: limits.ruleList }

const codeOf = (
  field: 'severity' | 'category' | 'channel' | 'mode' | 'currency',
  en: string,
  zh: string,
  known: { values?: Record<string, Labels>; standard?: Standard } = {},
) => code({ labels: { en, zh }, of: (data: OccurrenceData) => data[field], operands, ...known })

const modes: Record<VisitMode, Labels> = {
  ONSITE: { en: 'on site', zh: '上门' },
  PHONE: { en: 'by phone', zh: '电话' },
  VIDEO: { en: 'by video', zh: '视频' },
  EMAIL: { en: 'by e-mail', zh: '邮件' },
}

const scoreOf = (field: 'nps' | 'csat' | 'ces', en: string, zh: string) =>
  number({ labels: { en, zh }, of: (data: OccurrenceData) => data[field], limit: limits[field] })

/** What conditions on the data of an event can be about. */
export const eventVocabulary: Vocabulary<OccurrenceData> = {
  severity: codeOf('severity', 'severity of this complaint', '本次投诉严重度', { values: severities }),
  category: codeOf('category', 'category of this complaint', '本次投诉类别'),
  channel: codeOf('channel', 'channel', '渠道'),
  mode: codeOf('mode', 'how the visit was made', '拜访方式', { values: modes }),
  amount: decimal({
    labels: { en: "amount of this purchase in the tenant's currency", zh: '本次购买金额（租户币种）' },
    of: ({ amount }: OccurrenceData) => amount ?? null,
  }),
  currency: codeOf('currency', 'currency of this purchase', '本次购买币种', { standard: isoCurrencies }),
  nps: scoreOf('nps', 'likelihood to recommend in this answer', '本次推荐意愿'),
  csat: scoreOf('csat', 'satisfaction in this answer', '本次满意度'),
  ces: scoreOf('ces', 'ease in this answer', '本次轻松度'),
}

export type EventField = keyof Omit<OccurrenceData, 'segmentId' | 'changedFields'>

interface EventDataLike {
  severity?: string
  category?: string | null
  channel?: string | null
  mode?: string
  total?: { amount: string; currency: string }
  nps?: number | null
  csat?: number | null
  ces?: number | null
  segmentId?: string
  changedFields?: string[]
}

/** What is kept of an event's data. */
export const occurrenceData = (data: object): OccurrenceData => {
  const { severity, category, channel, mode, total, nps, csat, ces, segmentId, changedFields } = data as EventDataLike
  const kept = { severity, category, channel, mode, nps, csat, ces, segmentId, changedFields }
  return JSON.parse(JSON.stringify({ ...kept, amount: total?.amount, currency: total?.currency })) as OccurrenceData
}
