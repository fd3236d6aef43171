import type { Visit } from '../visits/visit.entity.js'

/** The entities of which one part of a timeline is made, by their codes, and which of them stand there. */
export interface TimelinePart {
  direction: 'asc' | 'desc'
  /** The condition on an entry's place in time, as SQL. */
  when(at: string, now: string): string
  of: Readonly<Record<string, TimelineSource>>
}

export interface TimelineSource {
  type: string
  /** The column of its place in time. */
  at: string
  /** Which of them stand there, as SQL; all of them without. */
  where?: (alias: string) => string
}

const complaints: TimelineSource = { type: 'Complaint', at: 'received_at' }
const isNotVoid = (alias: string) => `${alias}.status <> 'VOIDED'`
const contacts: TimelineSource = { type: 'Contact', at: 'occurred_at', where: isNotVoid }
const visits: TimelineSource = { type: 'Visit', at: 'occurred_at', where: isNotVoid }

const isAhead = (['PLANNED', 'CONFIRMED'] satisfies Visit['status'][]).map((status) => `'${status}'`).join(', ')

/** What was until now, the latest first. */
export const past: TimelinePart = {
  direction: 'desc',
  when: (at, now) => `${at} <= ${now}`,
  of: { VISIT: visits, COMPLAINT: complaints, CONTACT: contacts },
}

/** What is planned from now on, the next first; only visits lie ahead. */
export const upcoming: TimelinePart = {
  direction: 'asc',
  when: (at, now) => `${at} > ${now}`,
  of: { VISIT: { ...visits, where: (alias) => `${alias}.status in (${isAhead})` } },
}
