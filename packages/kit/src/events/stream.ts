import { DiscardPolicy, type JetStreamManager, RetentionPolicy, StorageType, type StreamInfo } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'

export const streamName = 'CLIENTELE_EVT'
/** The largest event, in bytes of JSON; the stream takes a little more, for headers. */
export const maxEventSize = 60 * 1024
const day = 24 * 60 * 60 * 1000

/** The one stream of all events, created where it is missing. PostgreSQL is the log that counts: this copy is kept for 7 days. */
export const ensureStream = async (jsm: JetStreamManager, replicas = 1): Promise<StreamInfo> => {
  try {
    return await jsm.streams.info(streamName)
  } catch {
    return await jsm.streams.add({
      name: streamName,
      subjects: ['clientele.evt.>'],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(7 * day),
      max_msg_size: 64 * 1024,
      duplicate_window: nanos(2 * 60 * 1000),
      num_replicas: replicas,
    })
  }
}

/** Core-NATS subject that wakes a service's relay after a commit. */
export const wakeSubject = (service: string) => `clientele.wake.${service}`
