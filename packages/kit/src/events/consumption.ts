import type { Consumer as Durable, JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { ClienteleError } from '../errors/errors.js'
import { isUnavailable } from '../errors/map-error.js'
import { createKeyOrder } from '../lists/key-order.js'
import type { Leases } from '../postgres/leases.js'
import { createPause } from '../service/pause.js'
import { type Consumer, type Delivered, isForConsumer, readEvent } from './consumer.js'
import { writeDeadLetter } from './dead-letters.js'
import { ackWait, isDrained, openDurable, takeBatch } from './durable.js'
import { applyOnce, type Inbox } from './inbox.js'

export interface Consumption {
  /** Handles what has arrived, and retries that are due within a second; resolves with how many events were taken. */
  drain(): Promise<number>
  start(): void
  stop(): Promise<void>
}

interface Arrived {
  message: JsMsg
  event: Delivered<never>
}

interface Options {
  consumer: Consumer
  nats: NatsConnection
  inbox: Inbox
  leases: Leases
  /** Pauses before the tries after the first, in milliseconds; after the last one the event becomes a dead letter. */
  backoff: readonly number[]
}

const retryPause = 1_000
const awayPause = { shortest: 2_000, longest: 60_000 }

/**
 * Runs one durable consumer: events of one customer in order, effect and inbox row in one transaction, acknowledged after the commit.
 * One process of the service does it at a time, because two would overtake each other on a customer.
 */
export const createConsumption = ({ consumer, nats, inbox, leases, backoff }: Options): Consumption => {
  const order = createKeyOrder()
  const pause = createPause()
  let stopping = false
  let loop: Promise<void> | undefined
  let durable: Durable | undefined

  const connect = async () => {
    if (!durable) {
      order.clear()
      durable = await openDurable(nats, consumer)
    }
    return durable
  }

  const handleBatch = async (messages: readonly JsMsg[]) => {
    const alive = setInterval(() => {
      for (const message of messages) message.working()
    }, ackWait / 3)
    try {
      const byTenant = Map.groupBy(messages, (message) => message.subject.split('.')[2] as string)
      for (const [tenant, ofTenant] of byTenant) await handleTenant(tenant, ofTenant)
    } catch (error) {
      for (const message of messages) message.nak(retryPause)
      throw error
    } finally {
      clearInterval(alive)
    }
  }

  const handleTenant = async (tenant: string, messages: readonly JsMsg[]) => {
    const arrived: Arrived[] = []
    const here = new Set(messages.map(({ seq }) => seq))
    for (const message of messages) {
      const event = await read(tenant, message)
      if (event && !followsWaiting({ message, event }, here)) arrived.push({ message, event })
    }
    if (!arrived.length) return
    try {
      await apply(tenant, arrived)
    } catch (error) {
      if (arrived.length === 1 || databaseAway(error)) await postpone(tenant, arrived, error)
      else await oneByOne(tenant, arrived)
    }
  }

  const oneByOne = async (tenant: string, arrived: readonly Arrived[]) => {
    for (const [at, each] of arrived.entries()) {
      if (followsWaiting(each)) continue
      try {
        await apply(tenant, [each])
      } catch (error) {
        if (databaseAway(error)) return postpone(tenant, arrived.slice(at), error)
        await postpone(tenant, [each], error)
      }
    }
  }

  const apply = async (tenant: string, arrived: readonly Arrived[]) => {
    await applyOnce(
      inbox,
      consumer,
      tenant,
      arrived.map(({ event }) => event),
    )
    for (const { message, event } of arrived) {
      message.ack()
      order.settle(event.partitionkey, message.seq)
    }
  }

  // Later events of a key wait for its failed one, so that their order holds; other keys go on.
  const followsWaiting = ({ message, event: { partitionkey: key } }: Arrived, here?: ReadonlySet<number>) => {
    const before = order.pauseBefore(key, message.seq, Date.now(), here)
    if (before === undefined) return false
    wait(key, message, before + 100, 0)
    return true
  }

  const wait = (key: string, message: JsMsg, ms: number, failed: number) => {
    const failures = order.failuresOf(key, message.seq) + failed
    order.wait(key, message.seq, { failures, due: Date.now() + ms })
    message.nak(ms)
  }

  const read = async (tenant: string, message: JsMsg) => {
    const text = message.string()
    if (!isForConsumer(consumer, text)) return void message.ack()
    try {
      return readEvent(consumer, tenant, text)
    } catch (error) {
      await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event: text, attempts: 1, error })
      return void message.term()
    }
  }

  const postpone = async (tenant: string, arrived: readonly Arrived[], error: unknown) => {
    for (const { message, event } of arrived) {
      const key = event.partitionkey
      if (databaseAway(error)) {
        wait(key, message, retryPause, 0)
        continue
      }
      const attempts = order.failuresOf(key, message.seq) + 1
      inbox.log.warn(
        { consumer: consumer.name, event: event.id, requestId: event.correlationid, attempts, err: error },
        'an event could not be handled',
      )
      const ms = backoff[attempts - 1] ?? (serviceAway(error) ? whileAway() : undefined)
      if (ms !== undefined) {
        wait(key, message, ms, 1)
        continue
      }
      const text = message.string()
      await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event: text, attempts, error })
      message.term()
      order.settle(key, message.seq)
    }
  }

  const whileAway = () => Math.max(awayPause.shortest, Math.min(awayPause.longest, backoff.at(-1) ?? 0))

  const drain = async () => {
    let taken = 0
    for (;;) {
      if (await isDrained(nats, consumer, await connect())) return taken
      const messages = await takeBatch(await connect(), 1_000)
      if (!messages.length) return taken
      await handleBatch(messages)
      taken += messages.length
    }
  }

  const keepRunning = async () => {
    while (!stopping) {
      try {
        if (await leases.hold(`consumer ${consumer.name}`)) await handleBatch(await takeBatch(await connect(), 1_000))
        else await pause.wait(1_000)
      } catch (error) {
        durable = undefined
        if (stopping) return
        inbox.log.warn({ consumer: consumer.name, err: error }, 'consumer waits')
        await pause.wait(500)
      }
    }
  }

  return {
    drain,
    start: () => {
      loop ??= keepRunning()
    },
    stop: async () => {
      stopping = true
      pause.wake()
      await loop
    },
  }
}

// An event is not to blame for either: it is never given up because of them.
const databaseAway = (error: unknown) => !(error instanceof ClienteleError) && isUnavailable(error)
const serviceAway = (error: unknown) => error instanceof ClienteleError && error.code === 'UNAVAILABLE'
