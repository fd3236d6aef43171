import type { JsMsg } from '@nats-io/jetstream'
import { TookLong } from '../postgres/time-limit.js'
import { type Attempt, isUntried } from './attempt.js'
import { type Consumer, type Delivered, isForConsumer, readEvent } from './consumer.js'
import { writeDeadLetter } from './dead-letters.js'
import type { Inbox } from './inbox.js'
import { type Lane, patienceMs, perTurn } from './lanes.js'
import type { ParkedEvents } from './parked-events.js'

interface Options {
  consumer: Consumer
  inbox: Inbox
  parked: ParkedEvents
  attempt: Attempt
  lane: Lane
  /** Called when there is something parked for the lane. */
  wake(): void
}

interface Arrived {
  event: Delivered<never>
  text: string
}

const keysOf = (arrived: readonly Arrived[]) => [...new Set(arrived.map(({ event }) => event.partitionkey))]

/**
 * Handles what arrives of a tenant together, or parks it for the lane: what fails or takes long, what comes of a tenant that is slow, and what
 * would overtake what waits. No tenant keeps the stream longer than the patience with one.
 */
export const createArrivals = ({ consumer, inbox, parked, attempt, lane, wake }: Options) => {
  const handle = async (tenant: string, messages: readonly JsMsg[]) => {
    const arrived: Arrived[] = []
    for (const message of messages) {
      const text = message.string()
      const event = await read(tenant, text)
      if (event) arrived.push({ event, text })
    }
    if (!arrived.length) return
    const now = lane.isSlow(tenant) ? [] : withinTurn(arrived, await parked.among(tenant, keysOf(arrived)))
    const done = await isDone(tenant, now)
    await park(tenant, done ? arrived.filter((each) => !now.includes(each)) : arrived)
  }

  const isDone = async (tenant: string, arrived: readonly Arrived[]) => {
    if (!arrived.length) return false
    try {
      await attempt(
        tenant,
        arrived.map(({ event }) => event),
        patienceMs,
      )
      return true
    } catch (error) {
      if (isUntried(error)) throw error
      if (error instanceof TookLong) lane.tookLong(tenant)
      return false
    }
  }

  const park = async (tenant: string, waiting: readonly Arrived[]) => {
    if (!waiting.length) return
    await parked.park(
      tenant,
      waiting.map(({ event, text }) => ({ eventId: event.id, partitionKey: event.partitionkey, event: text })),
    )
    wake()
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
      inbox.observe?.(consumer.name, 'dead', [0])
      return undefined
    }
  }

  return {
    /** Resolves when the events may be acknowledged. */
    handle,
  }
}
