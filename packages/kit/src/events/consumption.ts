import type { JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { createPause } from '../jobs/pause.js'
import type { Leases } from '../postgres/leases.js'
import { isUntried, logFailure, nextTryMs, serviceAway } from './attempt.js'
import { type Consumer, type Delivered, isForConsumer, readEvent } from './consumer.js'
import { writeDeadLetter } from './dead-letters.js'
import { ackWait, type Feed, isDrained, openFeed } from './durable.js'
import { applyOnce, type Inbox, leaseOf } from './inbox.js'
import { createLanes, perTurn } from './lanes.js'
import { type EventToPark, parkedEvents } from './parked-events.js'
import type { StreamSettings } from './stream-settings.js'

export interface Consumption {
  /** Handles what has arrived, and retries that are due within a second; resolves with how many events were taken. */
  drain(): Promise<number>
  start(): void
  stop(): Promise<void>
}

interface Arrived {
  event: Delivered<never>
  text: string
}

interface Options {
  consumer: Consumer
  nats: NatsConnection
  /** How a stream is made that is missing. */
  stream?: StreamSettings | undefined
  inbox: Inbox
  leases: Leases
  /** Pauses before the tries after the first, in milliseconds; after the last one the event becomes a dead letter. */
  backoff: readonly number[]
}

const keysOf = (arrived: readonly Arrived[]) => [...new Set(arrived.map(({ event }) => event.partitionkey))]

const takeMs = 1_000
const longestRest = 60_000

/**
 * Runs one durable consumer: events of one customer in order, effect and inbox row in one transaction, acknowledged after the commit. What
 * cannot be handled now is parked in the database, and whatever follows on its key behind it, so that the stream goes on for all others and
 * any replica knows what waits. One process of the service does it at a time, because two would overtake each other on a customer.
 */
export const createConsumption = ({ consumer, nats, stream, inbox, leases, backoff }: Options): Consumption => {
  const parked = parkedEvents(inbox.system, consumer.name)
  const lanes = createLanes({ consumer, inbox, parked, backoff })
  const pauses = { stream: createPause(), fresh: createPause(), failed: createPause() }
  let stopping = false
  let loops: Promise<unknown> | undefined
  let feed: Feed | undefined

  const handleBatch = async (messages: readonly JsMsg[]) => {
    const alive = setInterval(() => {
      for (const message of messages) message.working()
    }, ackWait / 3)
    try {
      const byTenant = Map.groupBy(messages, (message) => message.subject.split('.')[2] as string)
      for (const [tenant, ofTenant] of byTenant) await handleTenant(tenant, ofTenant)
    } finally {
      clearInterval(alive)
    }
    for (const message of messages) message.ack()
  }

  const handleTenant = async (tenant: string, messages: readonly JsMsg[]) => {
    const arrived: Arrived[] = []
    for (const message of messages) {
      const text = message.string()
      const event = await read(tenant, text)
      if (event) arrived.push({ event, text })
    }
    const now = withinTurn(arrived, await parked.among(tenant, keysOf(arrived)))
    const failures = await handleInOrder(tenant, now)
    const waiting = arrived.filter((each) => failures.has(each) || !now.includes(each))
    if (!waiting.length) return
    await parked.park(
      tenant,
      waiting.map((each) => parking(each, failures.get(each))),
    )
    pauses.fresh.wake()
    pauses.failed.wake()
  }

  /** What is handled at once: of no key more than its turn, and nothing that would overtake what waits. */
  const withinTurn = (arrived: readonly Arrived[], parkedKeys: ReadonlySet<string>) => {
    const counts = new Map<string, number>()
    return arrived.filter(({ event: { partitionkey: key } }) => {
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= perTurn && !parkedKeys.has(key)
    })
  }

  /** Handles events together, else one by one; resolves with those that must wait, each with its error where it has failed. */
  const handleInOrder = async (tenant: string, arrived: readonly Arrived[]) => {
    const waiting = new Map<Arrived, unknown>()
    const behind = new Set<string>()
    if (!arrived.length) return waiting
    const first = await attempt(tenant, arrived)
    if (first.done) return waiting
    let away = false
    for (const each of arrived) {
      const { partitionkey: key } = each.event
      if (away || behind.has(key)) {
        waiting.set(each, undefined)
        continue
      }
      const { done, error } = arrived.length === 1 ? first : await attempt(tenant, [each])
      if (done || (await giveUp(tenant, each, error))) continue
      behind.add(key)
      waiting.set(each, error)
      // What the others need of that service they will not get either, and every try may take as long as a time-out.
      away = serviceAway(error)
    }
    return waiting
  }

  const attempt = async (tenant: string, arrived: readonly Arrived[]): Promise<{ done: boolean; error?: unknown }> => {
    try {
      await applyOnce(
        inbox,
        consumer,
        tenant,
        arrived.map(({ event }) => event),
      )
      return { done: true }
    } catch (error) {
      if (isUntried(error)) throw error
      return { done: false, error }
    }
  }

  const giveUp = async (tenant: string, { event, text }: Arrived, error: unknown) => {
    logFailure(inbox.log, consumer, event, 1, error)
    if (nextTryMs(error, 1, backoff) !== undefined) return false
    await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event: text, attempts: 1, error })
    return true
  }

  const parking = ({ event, text }: Arrived, error: unknown): EventToPark => ({
    eventId: event.id,
    partitionKey: event.partitionkey,
    event: text,
    failures: error === undefined ? 0 : 1,
    dueInMs: error === undefined ? 0 : (nextTryMs(error, 1, backoff) ?? 0),
  })

  const read = async (tenant: string, text: string) => {
    if (!isForConsumer(consumer, text)) return undefined
    try {
      return readEvent(consumer, tenant, text)
    } catch (error) {
      inbox.log.warn(
        { consumer: consumer.name, tenant, err: error },
        'an event cannot be read and is a dead letter now',
      )
      await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event: text, attempts: 1, error })
      return undefined
    }
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
      const parkedDone = (await lanes.run(false)).events + (await lanes.run(true)).events
      taken += more + parkedDone
      if (more || parkedDone) continue
      const ms = await parked.dueInMs()
      if (drained && (ms === undefined || ms > takeMs)) return taken
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

  const turn = (failed: boolean) => async () => {
    const { keys } = await lanes.run(failed)
    // What has failed for the first time, or has not failed again, is the other lane's from now on.
    if (keys) pauses[failed ? 'fresh' : 'failed'].wake()
    return keys ? 0 : Math.min((await parked.dueInMs(failed)) ?? longestRest, longestRest)
  }

  return {
    drain,
    start: () => {
      loops ??= Promise.all([
        keepRunning(pauses.stream, async () => {
          await takeAndHandle()
          return 0
        }),
        keepRunning(pauses.fresh, turn(false)),
        keepRunning(pauses.failed, turn(true)),
      ])
    },
    stop: async () => {
      stopping = true
      for (const pause of Object.values(pauses)) pause.wake()
      await loops
    },
  }
}
