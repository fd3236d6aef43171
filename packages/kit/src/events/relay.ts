import { natsSubject } from '@clientele/contracts'
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { SpanKind } from '@opentelemetry/api'
import type pg from 'pg'
import type { Log } from '../config/log.js'
import { createPause } from '../jobs/pause.js'
import type { ServiceMetrics } from '../metrics/service-metrics.js'
import type { Leases } from '../postgres/leases.js'
import { type Traced, traceSequel } from '../tracing/spans.js'
import { traceparentIn } from '../tracing/traceparent.js'
import { recoverParts } from './relay-recovery.js'
import { ensureStream, streamName, wakeSubject } from './stream.js'
import type { StreamSettings } from './stream-settings.js'

const parts = Array.from({ length: 16 }, (_, part) => part)
const leaseOf = (part: number) => `relay ${part}`
const perPart = 100
const poll = { shortest: 50, longest: 1_000 }
const publishTimeout = 5_000

interface Row {
  position: string
  event_id: string
  tenant: string
  type: string
  part: number
  event: string
}

export interface Relay {
  /** Publishes what is committed and unpublished; resolves with how many events that were. */
  run(): Promise<number>
  /** Keeps publishing until `stop`: woken by a ping after each commit, polling as fallback. */
  start(): void
  stop(): Promise<void>
}

interface Options {
  service: string
  system: pg.Pool
  leases: Leases
  nats: NatsConnection
  /** How a stream is made that is missing. */
  stream?: StreamSettings | undefined
  /** Told of what was published. */
  observe?: ServiceMetrics['published'] | undefined
  log: Log
}

/**
 * Carries a service's outbox into the stream: each event at least once, in order within its partition.
 * A partition belongs to whoever holds its lease, so replicas share the work and one takes over from another.
 */
export const createRelay = (o: Options): Relay => {
  const db = o.system
  const js = jetstream(o.nats, { timeout: publishTimeout })
  let jsm: JetStreamManager | undefined
  let owned: ReadonlyMap<number, number> = new Map()
  let known = { created: '', seq: 0 }
  let stopping = false
  const pause = createPause()
  let loop: Promise<void> | undefined

  /** Whoever takes them next looks at the stream first. */
  const release = async () => {
    if (!owned.size) return
    owned = new Map()
    await o.leases.release(parts.map(leaseOf)).catch(() => {})
  }

  // Any relay may have made a lost stream again, so each round looks whether it is still the one that was published to.
  const settleParts = async () => {
    const leased = await o.leases.holdAll(parts.map(leaseOf))
    const held = new Map(
      parts.flatMap((part) => (leased.has(leaseOf(part)) ? [[part, leased.get(leaseOf(part))!]] : [])),
    )
    jsm ??= await jetstreamManager(o.nats)
    const stream = await ensureStream(jsm, o.stream)
    const isKnown = stream.created === known.created && stream.state.last_seq >= known.seq
    const unsettled = [...held.keys()].filter((part) => !isKnown || owned.get(part) !== held.get(part))
    if (unsettled.length) await recoverParts({ service: o.service, parts: unsettled, db, jsm, stream })
    owned = held
    known = { created: stream.created, seq: stream.state.last_seq }
  }

  const run = async () => {
    try {
      await settleParts()
      let total = 0
      for (;;) {
        const published = await publishBatch()
        total += published
        if (!published) return total
      }
    } catch (error) {
      await release()
      throw error
    }
  }

  const publishBatch = async () => {
    const { rows } = await db.query<Row>(
      `select e.* from unnest($1::smallint[], $2::text[], $3::bigint[]) as p(part, lease, fence)
       join lease on lease.name = p.lease and lease.fence = p.fence cross join lateral (
         select position, event_id, tenant, type, part, event from outbox
         where part = p.part and stream_seq is null order by position limit ${perPart}) e`,
      [[...owned.keys()], [...owned.keys()].map(leaseOf), [...owned.values()]],
    )
    const byPart = Map.groupBy(rows, (row) => row.part)
    const acknowledged: { position: string; seq: number; part: number }[] = []
    const outcomes = await Promise.allSettled(
      [...byPart.values()].map(async (partRows) => {
        for (const row of partRows) {
          const { seq } = await publish(row)
          acknowledged.push({ position: row.position, seq, part: row.part })
        }
      }),
    )
    await record(acknowledged)
    o.observe?.(acknowledged.length)
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
    return acknowledged.length
  }

  const publish = (row: Row) =>
    traceSequel(tracedPublication(row, o.service), [traceparentIn(row.event)], () =>
      js.publish(natsSubject({ type: row.type, tenant: row.tenant, part: row.part }), row.event, {
        msgID: row.event_id,
        expect: { streamName },
      }),
    )

  const record = async (acknowledged: readonly { position: string; seq: number; part: number }[]) => {
    if (!acknowledged.length) return
    await db.query(
      `with ack as (select * from unnest($1::bigint[], $2::bigint[], $3::smallint[]) as ack(position, seq, part)),
            marked as (update outbox set stream_seq = ack.seq from ack where outbox.position = ack.position)
       update relay_checkpoint c set stream_seq = greatest(c.stream_seq, last.seq)
       from (select part, max(seq) as seq from ack group by part) last where c.part = last.part`,
      [acknowledged.map((a) => a.position), acknowledged.map((a) => a.seq), acknowledged.map((a) => a.part)],
    )
  }

  const keepRunning = async () => {
    const pings = o.nats.subscribe(wakeSubject(o.service), { callback: pause.wake })
    let ms = poll.shortest
    while (!stopping) {
      try {
        ms = (await run()) ? poll.shortest : Math.min(ms * 2, poll.longest)
      } catch (error) {
        ms = poll.longest
        if (!stopping) o.log.warn({ err: error }, 'relay waits')
      }
      if (!stopping) await pause.wait(ms)
    }
    pings.unsubscribe()
  }

  return {
    run,
    start: () => {
      loop ??= keepRunning()
    },
    stop: async () => {
      stopping = true
      pause.wake()
      await loop
      await release()
    },
  }
}

const tracedPublication = ({ type, tenant }: Row, service: string): Traced => ({
  name: `publish ${type}`,
  kind: SpanKind.PRODUCER,
  attributes: {
    'messaging.system': 'nats',
    'messaging.operation.type': 'send',
    'clientele.service': service,
    'clientele.tenant': tenant,
  },
})
