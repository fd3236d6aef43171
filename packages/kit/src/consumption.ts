import { everySubject, partsOfType, subjectFilter } from '@clientele/contracts'
import {
  AckPolicy,
  DeliverPolicy,
  type Consumer as Durable,
  type JetStreamManager,
  type JsMsg,
  jetstreamManager,
  ReplayPolicy,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import { type Consumer, type Delivered, readEvent } from './consumer.js'
import { writeDeadLetter } from './dead-letters.js'
import { applyOnce, type Inbox } from './inbox.js'
import { ensureStream, streamName } from './stream.js'

const batchSize = 100
const ackWait = 60_000

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
  /** Pauses before the tries after the first, in milliseconds; after the last one the event becomes a dead letter. */
  backoff: readonly number[]
}

/** Runs one durable consumer: events of one customer in order, effect and inbox row in one transaction, acknowledged after the commit. */
export const createConsumption = ({ consumer, nats, inbox, backoff }: Options): Consumption => {
  let stopping = false
  let loop: Promise<void> | undefined
  let jsm: JetStreamManager | undefined
  let durable: Durable | undefined

  const connect = async () => {
    if (durable) return durable
    jsm ??= await jetstreamManager(nats)
    await ensureStream(jsm)
    await jsm.consumers.add(streamName, {
      durable_name: consumer.name,
      filter_subject: filterOf(consumer),
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      replay_policy: ReplayPolicy.Instant,
      ack_wait: nanos(ackWait),
      max_deliver: -1,
      max_ack_pending: 1_000,
    })
    durable = await jsm.jetstream().consumers.get(streamName, consumer.name)
    return durable
  }

  const takeBatch = async (wait: number): Promise<JsMsg[]> => {
    const source = await connect()
    const first = await source.next({ expires: wait })
    if (!first) return []
    const messages = [first]
    const more = Math.min(first.info.pending, batchSize - 1)
    if (more > 0) {
      for await (const message of await source.fetch({ max_messages: more, expires: 1_000 })) messages.push(message)
    }
    return messages
  }

  const handleBatch = async (messages: readonly JsMsg[]) => {
    const byTenant = Map.groupBy(messages, (message) => message.subject.split('.')[2] as string)
    for (const [tenant, ofTenant] of byTenant) await handleTenant(tenant, ofTenant)
  }

  const handleTenant = async (tenant: string, messages: readonly JsMsg[]) => {
    const readable: Arrived[] = []
    for (const message of messages) {
      const event = await read(tenant, message)
      if (event) readable.push({ message, event })
    }
    if (!readable.length) return
    try {
      await applyOnce(
        inbox,
        consumer,
        tenant,
        readable.map(({ event }) => event),
      )
      for (const { message } of readable) message.ack()
    } catch (error) {
      const [only, ...others] = readable
      if (only && !others.length) await postpone(tenant, only.message, error)
      else await oneByOne(tenant, readable)
    }
  }

  // Later events of a key wait for its failed one, so that their order holds; other keys go on.
  const oneByOne = async (tenant: string, readable: readonly Arrived[]) => {
    const blocked = new Map<string, number>()
    for (const { message, event } of readable) {
      const pause = blocked.get(event.partitionkey)
      if (pause !== undefined) {
        message.nak(pause)
        continue
      }
      try {
        await applyOnce(inbox, consumer, tenant, [event])
        message.ack()
      } catch (error) {
        const next = await postpone(tenant, message, error)
        if (next !== undefined) blocked.set(event.partitionkey, next)
      }
    }
  }

  const read = async (tenant: string, message: JsMsg) => {
    const text = message.string()
    const type = (JSON.parse(text) as { type: string }).type
    const types = consumer.events
    if (types !== 'all' && !types.some((known) => known.type === type)) return void message.ack()
    try {
      return readEvent(consumer, text)
    } catch (error) {
      await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event: text, attempts: 1, error })
      return void message.term()
    }
  }

  const postpone = async (tenant: string, message: JsMsg, error: unknown) => {
    const attempt = message.info.deliveryCount
    const pause = backoff[attempt - 1]
    inbox.log.warn({ consumer: consumer.name, attempt, err: error }, 'an event could not be handled')
    if (pause !== undefined) {
      message.nak(pause)
      return pause
    }
    const event = message.string()
    await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event, attempts: attempt, error })
    message.term()
    return undefined
  }

  const drain = async () => {
    let taken = 0
    for (;;) {
      const { num_pending, num_ack_pending } = await (await connect()).info()
      if (num_pending + num_ack_pending === 0) return taken
      const messages = await takeBatch(1_000)
      if (!messages.length) return taken
      await handleBatch(messages)
      taken += messages.length
    }
  }

  const keepRunning = async () => {
    while (!stopping) {
      try {
        await handleBatch(await takeBatch(1_000))
      } catch (error) {
        durable = undefined
        if (stopping) return
        inbox.log.warn({ consumer: consumer.name, reason: (error as Error).message }, 'consumer waits')
        await new Promise((resume) => setTimeout(resume, 500))
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
      await loop
    },
  }
}

const filterOf = ({ name, events }: Consumer) => {
  if (events === 'all') return everySubject
  const [first, ...others] = events
  if (!first) throw new Error(`consumer ${name} names no event`)
  if (!others.length) return subjectFilter(first)
  const { service, concept } = partsOfType(first.type)
  if (events.some((event) => event.service !== service || event.concept !== concept)) {
    throw new Error(`consumer ${name}: its events are not all of one concept, and a consumer has one filter subject`)
  }
  return `clientele.evt.*.${service}.${concept}.*.*.*`
}
