import type { CloudEvent } from '@clientele/contracts'
import { streamName } from '@clientele/kit'
import { AckPolicy, DeliverPolicy, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** All events of the stream whose subject fits the filter, in order. */
export const readEvents = async (nats: NatsConnection, filter: string): Promise<CloudEvent[]> => {
  const jsm = await jetstreamManager(nats)
  const { name, num_pending } = await jsm.consumers.add(streamName, {
    filter_subject: filter,
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    mem_storage: true,
  })
  const consumer = await jsm.jetstream().consumers.get(streamName, name)
  const events: CloudEvent[] = []
  while (events.length < num_pending) {
    const messages = await consumer.fetch({ max_messages: num_pending - events.length, expires: 5_000 })
    for await (const message of messages) events.push(message.json<CloudEvent>())
  }
  await consumer.delete()
  return events
}
