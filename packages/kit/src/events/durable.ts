import { everySubject, partsOfType, subjectFilter } from '@clientele/contracts'
import {
  AckPolicy,
  DeliverPolicy,
  type Consumer as Durable,
  type JsMsg,
  jetstreamManager,
  ReplayPolicy,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import type { Consumer } from './consumer.js'
import { ensureStream, streamName } from './stream.js'

const batchSize = 100
/** How long an event may stay unacknowledged before the stream hands it out again, in milliseconds. */
export const ackWait = 60_000

/** The durable of a consumer on the stream, declared as this version of the service wants it; both are created where they are missing. */
export const openDurable = async (nats: NatsConnection, consumer: Consumer): Promise<Durable> => {
  const jsm = await jetstreamManager(nats)
  await ensureStream(jsm)
  const changeable = {
    filter_subject: filterOf(consumer),
    ack_wait: nanos(ackWait),
    max_deliver: -1,
    max_ack_pending: 1_000,
  }
  const wanted = {
    ...changeable,
    durable_name: consumer.name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
  }
  await jsm.consumers.add(streamName, wanted).catch(() => jsm.consumers.update(streamName, consumer.name, changeable))
  return await jsm.jetstream().consumers.get(streamName, consumer.name)
}

/** What has arrived, in the stream's order, up to 100 messages; waits `expires` milliseconds for the first. Throws where the durable is gone. */
export const takeBatch = async (durable: Durable, expires: number): Promise<JsMsg[]> => {
  const [first] = await pull(durable, 1, expires)
  if (!first) {
    // A pull that nobody answers looks like one that found nothing.
    await durable.info()
    return []
  }
  const more = Math.min(first.info.pending, batchSize - 1)
  const messages = more > 0 ? [first, ...(await pull(durable, more, expires))] : [first]
  return messages.toSorted((a, b) => a.seq - b.seq)
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
export const isDrained = async (nats: NatsConnection, consumer: Consumer, durable: Durable) => {
  const { num_pending, num_ack_pending, delivered } = await durable.info()
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
