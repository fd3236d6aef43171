import { createHash } from 'node:crypto'
import { type Context, idsParameter } from '@clientele/kit'
import { edition } from './calendar-document.js'
import type { CalendarStates, EntryState } from './calendar-entries.js'
import type { CalendarFeed } from './calendar-feed.entity.js'

/**
 * What tells one content of a calendar from another without reading it: the states of what stands in it, and of the customers whose names do, and
 * what decides on how much its reader sees.
 */
export const validatorOf = async (
  { em, actor }: Pick<Context, 'em' | 'actor'>,
  { id }: CalendarFeed,
  { visits, tasks }: CalendarStates,
  language: string | null | undefined,
): Promise<string> => {
  const { tenant, roles, territories } = actor
  const customers = await em.execute<object[]>(
    'select id, version from customer where id = any(?::uuid[]) order by id',
    [idsParameter(concernedBy({ visits, tasks }))],
  )
  const content = [edition, tenant, id, roles, territories, language, stated(visits), stated(tasks), customers]
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url')
}

/** The customers whom visits and tasks are about. */
export const concernedBy = ({ visits, tasks }: CalendarStates): string[] => [
  ...new Set([...visits, ...tasks].flatMap(({ customerId }) => customerId ?? [])),
]

const stated = (states: readonly EntryState[]) =>
  states.map(({ id, version, updatedAt }) => `${id} ${version} ${new Date(updatedAt).getTime()}`).toSorted()
