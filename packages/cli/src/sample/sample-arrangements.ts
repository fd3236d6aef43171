import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'
import { subjectOf } from './sample-staff.js'

interface Arranged {
  /** A demo user. */
  who: string
  language: string
  timeZone: string
  substitute?: string
  /** Days from now. */
  away?: { from: number; until: number; reason: 'VACATION' | 'LEAVE' | 'TRAVEL' | 'TRAINING' }
}

const arrangements: Arranged[] = [
  { who: 'manager', language: 'pl', timeZone: 'Europe/Warsaw', substitute: 'service' },
  {
    ...{ who: 'sales', language: 'de', timeZone: 'Europe/Berlin', substitute: 'manager' },
    away: { from: 7, until: 18, reason: 'VACATION' },
  },
  {
    ...{ who: 'sales-fr', language: 'fr', timeZone: 'Europe/Paris', substitute: 'sales' },
    away: { from: 10, until: 11, reason: 'TRAINING' },
  },
  { who: 'manager-cn', language: 'zh-Hans', timeZone: 'Asia/Shanghai' },
  {
    ...{ who: 'sales-cn', language: 'zh-Hans', timeZone: 'Asia/Shanghai', substitute: 'manager-cn' },
    away: { from: 1, until: 3, reason: 'TRAVEL' },
  },
  { who: 'service', language: 'en', timeZone: 'Europe/Berlin' },
  { who: 'globex-manager', language: 'zh-Hans', timeZone: 'Asia/Shanghai' },
  {
    ...{ who: 'globex-sales', language: 'zh-Hans', timeZone: 'Asia/Shanghai', substitute: 'globex-manager' },
    away: { from: 2, until: 4, reason: 'LEAVE' },
  },
]

interface Known {
  id: string
  language: string | null
  substituteId: string | null
  absences: { id: string }[]
}

/** Languages, absences and substitutes of the demo users who work in the tenant, as far as the caller may arrange them; what is arranged already stays. */
export const ensureArrangements = async (api: SampleApi, now: Date) => {
  const { staffById } = await api.query<{ staffById: (Known | null)[] }>(
    'query ($ids: [ID!]!) { staffById(ids: $ids) { id language substituteId absences { id } } }',
    { ids: arrangements.map(({ who }) => subjectOf(who)) },
  )
  const ids = new Map(arrangements.map(({ who }, at) => [who, staffById[at]?.id]))
  for (const [at, arranged] of arrangements.entries()) {
    const known = staffById[at]
    if (!known) continue
    try {
      await arrange(api, known, arranged, { now, substituteId: ids.get(arranged.substitute ?? '') })
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'FORBIDDEN')) throw error
    }
  }
}

const arrange = async (
  api: SampleApi,
  { id, language, substituteId, absences }: Known,
  arranged: Arranged,
  { now, ...substitute }: { now: Date; substituteId: string | undefined },
) => {
  if (!language) {
    const input = { id, language: arranged.language, timeZone: arranged.timeZone }
    await api.change('changeStaffArrangements', 'ChangeStaffArrangementsInput', input)
  }
  if (!substituteId && substitute.substituteId) {
    await api.change('setSubstitute', 'SetSubstituteInput', { staffId: id, ...substitute })
  }
  if (!absences.length && arranged.away) {
    const { from, until, reason } = arranged.away
    const input = { staffId: id, from: dayAfter(now, from), until: dayAfter(now, until), reason }
    await api.change('recordAbsence', 'RecordAbsenceInput', input)
  }
}

const dayAfter = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
