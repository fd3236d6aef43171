import type pg from 'pg'
import type { Consumer } from '../events/consumer.js'
import { outboxDays } from '../events/retention.js'
import { readPages } from '../postgres/statements/read-pages.js'
import type { Service } from '../service/service.js'

/** A service and its database, read by its system role. */
export interface EventStore {
  service: Pick<Service, 'name' | 'consumers'>
  system: pg.Pool
}

/** How far one consumer is with the events that are in the outboxes. */
export interface ConsumerState {
  service: string
  consumer: string
  /** Events that it wants. */
  events: number
  /** Not handled yet: not in the stream, parked, or too young to be missed. */
  waiting: number
  /** Given up: dead letters that nobody has replayed. */
  dead: number
  /** Published, and neither handled nor waiting: nobody will hand them to it again by itself. */
  missing: number
  /** When the first of those was written. */
  missingSince: Date | null
  /** Handled, and in no outbox: its service is ahead of the one that published them, which was turned back. */
  ahead: number
  /** When it handled the first of those: its database must be turned back to a moment before. */
  aheadSince: Date | null
}

interface Published {
  id: string
  tenant: string
  type: string
  isPublished: boolean
  at: Date
}

/** How far back outboxes reach, in days. */
export const comparableDays = outboxDays

const pageSize = 5_000

/**
 * Holds what consumers have handled against what publishers have in their outboxes, event by event, from a moment on to which the outboxes
 * reach back. Needs the databases of all services. Reads only, in pages.
 */
export const compareEvents = async (
  stores: readonly EventStore[],
  { since, patienceMs }: { since: Date; patienceMs: number },
): Promise<ConsumerState[]> => {
  const states = new Map<string, ConsumerState>()
  for (const { service } of stores) {
    for (const { name } of service.consumers ?? []) states.set(name, stateOf(service.name, name))
  }
  for (const { system } of stores) {
    for await (const page of pages<Published>(system, published, [firstId(since)])) {
      for (const store of stores) await countBehind(store, page, states, patienceMs)
    }
  }
  for (const store of stores) await countAhead(store, stores, since, states)
  return [...states.values()]
}

const stateOf = (service: string, consumer: string): ConsumerState => ({
  ...{ service, consumer, events: 0, waiting: 0, dead: 0 },
  ...{ missing: 0, missingSince: null, ahead: 0, aheadSince: null },
})

const countBehind = async (
  { service, system }: EventStore,
  page: readonly Published[],
  states: ReadonlyMap<string, ConsumerState>,
  patienceMs: number,
) => {
  for (const consumer of service.consumers ?? []) {
    const wanted = page.filter(({ type }) => isWanted(consumer, type))
    if (!wanted.length) continue
    const { rows } = await system.query<{ id: string; isParked: boolean; isDead: boolean }>(unhandled, [
      consumer.name,
      wanted.map(({ id }) => id),
      wanted.map(({ tenant }) => tenant),
    ])
    const state = states.get(consumer.name)!
    state.events += wanted.length
    const byId = new Map(wanted.map((event) => [event.id, event]))
    for (const { id, isParked, isDead } of rows) {
      const { isPublished, at } = byId.get(id)!
      if (isDead) state.dead += 1
      else if (isParked || !isPublished || Date.now() - at.getTime() < patienceMs) state.waiting += 1
      else {
        state.missing += 1
        state.missingSince = earlier(state.missingSince, at)
      }
    }
  }
}

const countAhead = async (
  { system }: EventStore,
  stores: readonly EventStore[],
  since: Date,
  states: ReadonlyMap<string, ConsumerState>,
) => {
  for await (const page of pages<{ id: string; consumer: string; at: Date }>(system, handled, [
    since,
    firstId(since),
  ])) {
    const known = new Set<string>()
    for (const { system: publisher } of stores) {
      const { rows } = await publisher.query<{ id: string }>(
        'select event_id as id from outbox where event_id = any($1::uuid[])',
        [[...new Set(page.map(({ id }) => id))]],
      )
      for (const { id } of rows) known.add(id)
    }
    for (const { id, consumer, at } of page) {
      const state = states.get(consumer)
      if (known.has(id) || !state) continue
      state.ahead += 1
      state.aheadSince = earlier(state.aheadSince, at)
    }
  }
}

const isWanted = ({ events }: Consumer, type: string) => events === 'all' || events.some((known) => known.type === type)

const earlier = (known: Date | null, at: Date) => (known && known < at ? known : at)

/** The least id of version 7 that can be made from then on: ids of events are in the order of time. */
const firstId = (since: Date) => {
  const hex = since.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

const published = `
  select event_id as id, tenant, type, stream_seq is not null as "isPublished", created_at as at
  from outbox where event_id >= $1 order by event_id`

const handled = `
  select event_id as id, consumer, handled_at as at from inbox where handled_at >= $1 and event_id >= $2 order by handled_at`

const unhandled = `
  select event.id, parked.event_id is not null as "isParked", dead.event_id is not null as "isDead"
  from unnest($2::uuid[], $3::text[]) as event (id, tenant)
  left join parked_event parked on parked.tenant = event.tenant and parked.consumer = $1 and parked.event_id = event.id
  left join dead_letter dead on dead.tenant = event.tenant and dead.consumer = $1 and dead.event_id = event.id
    and dead.replayed_at is null
  where not exists (
    select from inbox where inbox.tenant = event.tenant and inbox.consumer = $1 and inbox.event_id = event.id)`

/** What a statement finds, in pages of one snapshot. */
async function* pages<Row extends pg.QueryResultRow>(pool: pg.Pool, sql: string, values: unknown[]) {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    yield* readPages<Row>(client, sql, values, pageSize)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}
