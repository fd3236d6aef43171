import type { JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { createPause } from '../jobs/pause.js'
import type { Leases } from '../postgres/leases.js'
import { createArrivals } from './arrivals.js'
import { createAttempt } from './attempt.js'
import type { Consumer } from './consumer.js'
import { ackWait, type Feed, isDrained, openFeed } from './durable.js'
import { type Inbox, leaseOf } from './inbox.js'
import { createLane, type Lane } from './lanes.js'
import { parkedEvents } from './parked-events.js'
import type { SlowTurns } from './slow-turns.js'
import type { StreamSettings } from './stream-settings.js'

export interface Consumption {
  /** Handles what has arrived, and retries that are due within a second; resolves with how many events were taken. */
  drain(): Promise<number>
  start(): void
  stop(): Promise<void>
}

interface Options {
  consumer: Consumer
  nats: NatsConnection
  /** How a stream is made that is missing. */
  stream?: StreamSettings | undefined
  inbox: Inbox
  leases: Leases
  /** Shared by all consumers of the service. */
  slowTurns: SlowTurns
  /** Pauses before the tries after the first, in milliseconds; after the last one the event becomes a dead letter. */
  backoff: readonly number[]
}

const takeMs = 1_000
const longestRest = 60_000

/**
 * Runs one durable consumer: events of one customer in order, effect and inbox row in one transaction, acknowledged after the commit. What
 * cannot be handled now is parked in the database, and whatever follows on its key behind it, so that the stream goes on for all others and
 * any replica knows what waits. The same is done with events of a tenant whose handling takes long, so that no tenant waits for the work of
 * another. One process of the service does it at a time, because two would overtake each other on a customer.
 */
export const createConsumption = ({
  consumer,
  nats,
  stream,
  inbox,
  leases,
  slowTurns,
  backoff,
}: Options): Consumption => {
  const parked = parkedEvents(inbox.system, consumer.name)
  const pauses = { stream: createPause(), fresh: createPause(), failed: createPause() }
  const wake = () => {
    pauses.fresh.wake()
    pauses.failed.wake()
  }
  const attempt = createAttempt(inbox, consumer, slowTurns)
  const around = { consumer, inbox, parked, attempt, slowTurns, backoff, wake }
  const lanes = { fresh: createLane({ ...around, kind: 'fresh' }), failed: createLane({ ...around, kind: 'failed' }) }
  const arrivals = createArrivals({ ...around, lane: lanes.fresh })
  const slowVisits = () => Object.values(lanes).flatMap((lane) => lane.slowVisits())
  let stopping = false
  let loops: Promise<unknown> | undefined
  let feed: Feed | undefined

  const handleBatch = async (messages: readonly JsMsg[]) => {
    const alive = setInterval(() => {
      for (const message of messages) message.working()
    }, ackWait / 3)
    try {
      const byTenant = Map.groupBy(messages, (message) => message.subject.split('.')[2] as string)
      for (const [tenant, ofTenant] of byTenant) await arrivals.handle(tenant, ofTenant)
    } finally {
      clearInterval(alive)
    }
    for (const message of messages) message.ack()
  }

  const takeAndHandle = async () => {
    try {
      feed ??= await openFeed(nats, consumer, stream)
      const messages = await feed.take(takeMs)
      await handleBatch(messages)
      return messages.length
    } catch (error) {
      // What was taken and not acknowledged comes again, before anything that follows it.
      feed = undefined
      throw error
    }
  }

  const drain = async () => {
    let taken = 0
    for (;;) {
      feed ??= await openFeed(nats, consumer, stream)
      const drained = await isDrained(nats, consumer, feed)
      const more = drained ? 0 : await takeAndHandle()
      const visited = [await lanes.fresh.visitNext(), await lanes.failed.visitNext()]
      taken += visited.reduce<number>((sum, events) => sum + (events ?? 0), more)
      if (more || visited.some((events) => events !== undefined)) continue
      const slow = slowVisits()
      if (slow.length) {
        taken += await Promise.race(slow)
        continue
      }
      const [fresh, failed] = await Promise.all([lanes.fresh.dueInMs(), lanes.failed.dueInMs()])
      const ms = Math.min(fresh ?? Number.POSITIVE_INFINITY, failed ?? Number.POSITIVE_INFINITY)
      if (drained && ms > takeMs) return taken
      if (ms) await new Promise((resume) => setTimeout(resume, Math.min(ms, takeMs)))
    }
  }

  const keepRunning = async (pause: ReturnType<typeof createPause>, work: () => Promise<number>) => {
    while (!stopping) {
      try {
        const rest = (await leases.hold(leaseOf(consumer))) ? await work() : takeMs
        if (rest && !stopping) await pause.wait(rest)
      } catch (error) {
        if (stopping) return
        inbox.log.warn({ consumer: consumer.name, err: error }, 'consumer waits')
        await pause.wait(500)
      }
    }
  }

  const visit = async (lane: Lane) => {
    const events = await lane.visitNext()
    if (events === undefined) return Math.min((await lane.dueInMs()) ?? longestRest, longestRest)
    // What has failed, or has not failed again, is the other lane's from now on.
    wake()
    return 0
  }

  return {
    drain,
    start: () => {
      loops ??= Promise.all([
        keepRunning(pauses.stream, async () => {
          await takeAndHandle()
          return 0
        }),
        keepRunning(pauses.fresh, () => visit(lanes.fresh)),
        keepRunning(pauses.failed, () => visit(lanes.failed)),
      ])
    },
    stop: async () => {
      stopping = true
      for (const pause of Object.values(pauses)) pause.wake()
      await loops
      await Promise.all(slowVisits())
    },
  }
}
