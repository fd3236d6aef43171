import { setImmediate as others } from 'node:timers/promises'
import ical, { type ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Task } from '../tasks/task.entity.js'
import type { Visit } from '../visits/visit.entity.js'

export interface CalendarContent {
  tenant: string
  visits: readonly Visit[]
  tasks: readonly Task[]
  /** Whether its reader sees what visits and tasks are about. */
  withTexts: boolean
  /** Of customers by id, as far as its reader sees them. */
  names: ReadonlyMap<string, string>
  isChinese: boolean
}

const words = {
  en: { calendar: 'Visits and tasks', visit: 'Visit', task: 'Task' },
  zh: { calendar: '拜访与任务', visit: '拜访', task: '任务' },
}
const refreshSeconds = 3_600
const taskMs = 30 * 60_000
const priorities: Record<Task['priority'], number> = { URGENT: 1, HIGH: 3, NORMAL: 5, LOW: 9 }

/** Counts how often what the same content is written as has changed: programs that have it fetch it anew. */
export const edition = 2
const writtenAtOnce = 100

/**
 * A calendar as programs read it (RFC 5545). The same content is the same text, so that a program need not fetch it again. It is written in parts,
 * between which others have their turn.
 */
export const calendarDocument = async (content: CalendarContent, signal: AbortSignal): Promise<string> => {
  const { visits, tasks } = content
  const parts: string[] = []
  for (let at = 0; at === 0 || at < Math.max(visits.length, tasks.length); at += writtenAtOnce) {
    const until = at + writtenAtOnce
    parts.push(calendarOf({ ...content, visits: visits.slice(at, until), tasks: tasks.slice(at, until) }))
    await others()
    signal.throwIfAborted()
  }
  return joined(parts)
}

/** One calendar of several that differ in their events alone. */
const joined = ([first = '', ...others]: readonly string[]): string => {
  const end = first.lastIndexOf('END:VCALENDAR')
  return [first.slice(0, end), ...others.map(eventsOf), `${first.slice(end).trimEnd()}\r\n`].join('')
}

const eventsOf = (calendar: string) =>
  calendar.slice(calendar.indexOf('BEGIN:VEVENT'), calendar.lastIndexOf('END:VCALENDAR'))

const calendarOf = (content: CalendarContent): string => {
  const said = words[content.isChinese ? 'zh' : 'en']
  const calendar = ical({
    name: said.calendar,
    prodId: { company: 'Clientele', product: 'interactions', language: content.isChinese ? 'ZH' : 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
  })
  for (const visit of content.visits) addVisit(calendar, visit, content, said.visit)
  for (const task of content.tasks) addTask(calendar, task, content, said.task)
  return calendar.toString()
}

const addVisit = (calendar: ICalCalendar, visit: Visit, content: CalendarContent, word: string) => {
  const { purpose, objectives, plannedStart, plannedEnd, actualStart, actualEnd, status, customerId } = visit
  const begun = actualStart ?? plannedStart
  const ended = actualEnd ?? plannedEnd
  calendar.createEvent({
    ...common(visit, `visit-${visit.id}@${content.tenant}`),
    start: begun,
    // An end is later than its start (RFC 5545, section 3.8.2.2), in whole seconds; without one it is the moment of its start.
    end: seconds(ended) > seconds(begun) ? ended : null,
    summary: titled(content, word, purpose, customerId),
    description: content.withTexts && objectives.length ? objectives.join('\n') : null,
    status: status === 'CANCELLED' ? ICalEventStatus.CANCELLED : visitStatus(visit),
  })
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)

const visitStatus = ({ status }: Visit) =>
  status === 'PLANNED' || status === 'RESCHEDULED' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED

/** As an event that ends when the task is due and blocks no time: programs that subscribe show no VTODO. */
const addTask = (calendar: ICalCalendar, task: Task, content: CalendarContent, word: string) => {
  const { title, note, dueAt, status, priority, customerId } = task
  const summary = titled(content, word, title, customerId)
  calendar.createEvent({
    ...common(task, `task-${task.id}@${content.tenant}`),
    start: new Date(dueAt.getTime() - taskMs),
    end: dueAt,
    summary: status === 'COMPLETED' ? `✓ ${summary}` : summary,
    description: content.withTexts ? note : null,
    status: status === 'CANCELLED' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    priority: priorities[priority],
  })
}

const common = (of: { version: number; createdAt: Date; updatedAt: Date }, id: string) => ({
  id,
  sequence: of.version - 1,
  stamp: of.updatedAt,
  created: of.createdAt,
  lastModified: of.updatedAt,
})

const titled = ({ withTexts, names }: CalendarContent, word: string, text: string, customerId: string | null) => {
  const name = customerId === null ? undefined : names.get(customerId)
  return [withTexts ? text : word, ...(name ? [name] : [])].join(' · ')
}
