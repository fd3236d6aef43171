import { everySubject, partsOfType, subjectFilter } from '@clientele/contracts'
import {
  AckPolicy,
  type ConsumerInfo,
  DeliverPolicy,
  type Consumer as Durable,
  JetStreamApiError,
  type JetStreamManager,
  type JsMsg,
  jetstreamManager,
  ReplayPolicy,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import type { Consumer } from './consumer.js'
import { ensureStream, streamName } from './stream.js'
import type { StreamSettings } from './stream-settings.js'

const batchSize = 100
/** How long an event may stay unacknowledged before the stream hands it out again, in milliseconds. */
export const ackWait = 60_000

/** What a consumer takes from the stream: every event in order, from the first that nobody has acknowledged. */
export interface Feed {
  /** What has arrived, up to 100 messages; waits `expires` milliseconds for the first. Throws where the durable is gone or one is missing. */
  take(expires: number): Promise<JsMsg[]>
  info(): Promise<ConsumerInfo>
}

/** Opens the durable of a consumer, declared as this version of the service wants it; durable and stream are created where they are missing. */
export const openFeed = async (nats: NatsConnection, consumer: Consumer, stream?: StreamSettings): Promise<Feed> => {
  const jsm = await jetstreamManager(nats)
  await ensureStream(jsm, stream)
  let next = await declare(jsm, consumer)
  const durable = await jsm.jetstream().consumers.get(streamName, consumer.name)
  return {
    info: () => durable.info(),
    take: async (expires) => {
      const messages = await takeBatch(durable, expires)
      for (const { info } of messages) {
        // One went to somebody else, or was lost with a connection: it must not be overtaken by those that are here.
        if (info.deliverySequence !== next++) throw new Error('an event is missing between those of the stream')
      }
      return messages
    },
  }
}

/**
 * Resolves with the number of the durable's next delivery. What a predecessor took and did not acknowledge would come again only after
 * `ackWait`, and be overtaken until then; so the durable begins again where it was acknowledged. The inbox knows what was handled all the same.
 */
const declare = async (jsm: JetStreamManager, consumer: Consumer): Promise<number> => {
  const changeable = {
    filter_subject: filterOf(consumer),
    ack_wait: nanos(ackWait),
    max_deliver: -1,
    max_ack_pending: 1_000,
  }
  const known = await infoOf(jsm, consumer)
  if (known?.num_ack_pending === 0) {
    await jsm.consumers.update(streamName, consumer.name, changeable)
    return known.delivered.consumer_seq + 1
  }
  if (known) await jsm.consumers.delete(streamName, consumer.name)
  await jsm.consumers.add(streamName, {
    ...changeable,
    durable_name: consumer.name,
    ack_policy: AckPolicy.Explicit,
    replay_policy: ReplayPolicy.Instant,
    ...(known
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: known.ack_floor.stream_seq + 1 }
      : { deliver_policy: DeliverPolicy.All }),
  })
  return 1
}

const durableMissing = 10014

const infoOf = (jsm: JetStreamManager, { name }: Consumer) =>
  jsm.consumers.info(streamName, name).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === durableMissing) return undefined
    throw error
  })

const takeBatch = async (durable: Durable, expires: number): Promise<JsMsg[]> => {
  const [first] = await pull(durable, 1, expires)
  if (!first) {
    // A pull that nobody answers looks like one that found nothing.
    await durable.info()
    return []
  }
  const more = Math.min(first.info.pending, batchSize - 1)
  return more > 0 ? [first, ...(await pull(durable, more, expires))] : [first]
}

/** Up to `most` messages, as soon as they are there or else what came within `expires` milliseconds. */
export const pull = async (durable: Durable, most: number, expires: number): Promise<JsMsg[]> => {
  const arriving = await durable.fetch({ max_messages: most, expires })
  // The client's own timer goes with a connection that breaks, and would leave us waiting for good.
  const late = setTimeout(() => void arriving.close(), expires + 2_000)
  const messages: JsMsg[] = []
  try {
    for await (const message of arriving) messages.push(message)
  } finally {
    clearTimeout(late)
  }
  return messages
}

/** Whether a durable has handed out and seen settled all that has arrived; its own count of what is pending lags behind for a moment. */
export const isDrained = async (nats: NatsConnection, consumer: Consumer, feed: Feed) => {
  const { num_pending, num_ack_pending, delivered } = await feed.info()
  if (num_pending + num_ack_pending > 0) return false
  const jsm = await jetstreamManager(nats)
  const last = await jsm.streams.getMessage(streamName, { last_by_subj: filterOf(consumer) })
  return delivered.stream_seq >= (last?.seq ?? 0)
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
