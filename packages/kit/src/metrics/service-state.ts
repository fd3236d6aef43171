import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type pg from 'pg'
import type { Consumer } from '../events/consumer.js'
import { streamName } from '../events/stream.js'
import type { PoolState } from '../postgres/database.js'
import { type Measure, measuring } from './measure.js'
import { gauge, type Metrics } from './metrics.js'

interface Options {
  service: string
  system: pg.Pool
  nats: NatsConnection
  consumers: readonly Consumer[]
  measures: readonly Measure[]
  pools: Readonly<Record<string, { most: number; state(): PoolState }>>
}

/** More than so many are not counted: whoever has that many wants no exact number, and an answer soon. */
const mostCounted = 100_000

/** What waits in a service's database: counts, and ages in seconds. Counts end at 100 000. */
export type Waiting = Record<'outbox' | 'outboxAge' | 'keyAge' | 'deadLetters' | 'parked', number>

/** What waits in the database: one row. The oldest of each partition of the outbox is found by its index. */
const waiting = `
  select (select count(*) from (select from outbox where stream_seq is null limit ${mostCounted}) o)::int as outbox,
    (select coalesce(extract(epoch from now() - min(first.created_at)), 0) from generate_series(0, 15) part cross join lateral (
       select created_at from outbox where outbox.part = part and stream_seq is null order by position limit 1) first)::float8
      as "outboxAge",
    (select coalesce(extract(epoch from now() - min(newest)), 0)
       from (select max(created_at) as newest from tenant_key where live group by tenant) k)::float8 as "keyAge",
    (select count(*) from (select from dead_letter where replayed_at is null limit ${mostCounted}) d)::int as "deadLetters",
    (select count(*) from (select from parked_event limit ${mostCounted}) p)::int as parked`

/** What waits in a service's database now. */
export const readWaiting = async (system: Pick<pg.Pool, 'query'>): Promise<Waiting> =>
  (await system.query<Waiting>(waiting)).rows[0] as Waiting

/** Measures what waits in a service, whenever somebody asks for the metrics. Returns what ends it. */
export const sampleService = (metrics: Metrics, { service, system, nats, consumers, measures, pools }: Options) => {
  const state = (name: string, help: string, ...labelNames: string[]) =>
    gauge(metrics, { name, help, labelNames: ['service', ...labelNames] })
  const outbox = state('clientele_outbox_events', 'Committed events that are not in the stream yet')
  const outboxAge = state('clientele_outbox_oldest_age_seconds', 'Age of the oldest of them')
  const deadLetters = state('clientele_dead_letters', 'Events that consumers gave up on and nobody has replayed')
  const parked = state('clientele_parked_events', 'Events that consumers have taken and will handle later')
  const pending = state(
    'clientele_consumer_pending_events',
    'Events in the stream that a consumer has not taken',
    'consumer',
  )
  const redelivered = state(
    'clientele_consumer_redelivered_events',
    'Events that the stream has given to a consumer more than once and that are not acknowledged',
    'consumer',
  )
  const keyAge = state('clientele_tenant_key_oldest_age_seconds', 'Age of the key that has longest not been rotated')
  const connections = state(
    'clientele_database_connections',
    'Connections of a pool, and requests that wait for one',
    'pool',
    'state',
  )
  const most = state('clientele_database_connections_max', 'Connections that a pool may have', 'pool')

  const measurePools = async () => {
    for (const [pool, { most: limit, state }] of Object.entries(pools)) {
      most.set({ service, pool }, limit)
      for (const [name, count] of Object.entries(state())) connections.set({ service, pool, state: name }, count)
    }
  }
  const measureDatabase = async () => {
    const row = await readWaiting(system)
    outbox.set({ service }, row.outbox)
    outboxAge.set({ service }, row.outboxAge)
    keyAge.set({ service }, row.keyAge)
    deadLetters.set({ service }, row.deadLetters)
    parked.set({ service }, row.parked)
  }
  const measureConsumers = async () => {
    const jsm = await jetstreamManager(nats, { checkAPI: false })
    await Promise.all(
      consumers.map(async ({ name }) => {
        const { num_pending, num_ack_pending, num_redelivered } = await jsm.consumers.info(streamName, name)
        pending.set({ service, consumer: name }, num_pending + num_ack_pending)
        redelivered.set({ service, consumer: name }, num_redelivered)
      }),
    )
  }
  const own = measures.map((measure) => measuring(metrics, { service, system }, measure))
  const ends = [measurePools, measureDatabase, measureConsumers, ...own].map(metrics.sample)
  return () => {
    for (const end of ends) end()
  }
}
