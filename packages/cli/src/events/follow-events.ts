import { type CloudEvent, ContractError, parseEvent } from '@clientele/contracts'
import { connectNats, streamName } from '@clientele/kit'
import {
  DeliverPolicy,
  JetStreamApiError,
  type JsMsg,
  jetstream,
  jetstreamManager,
  type OrderedConsumerOptions,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { UsageError } from '../command.js'

export interface FollowOptions {
  natsUrl: string
  /** One subject filter. */
  filter: string
  /** Where to begin: with what is published from now on unless given. */
  from?: Date | 'start'
  signal: AbortSignal
  onEvent(event: CloudEvent): void
  /** Told of a message that is no event; the others go on. */
  onUnreadable?(sequence: number, why: string): void
  /** Told once, when nothing that is published from then on can be missed. */
  onReady?(): void
}

const streamMissing = 10059
// The server says something twice in this time. After two silences the consumer is looked for, and made again where a restart took it.
const pullMs = 2_000

/** Hands on events as they are published, until the signal; goes on by itself when the server was away. Throws UsageError where NATS or the stream is not there. */
export const followEvents = async (o: FollowOptions): Promise<void> => {
  const nats = await connectNats(o.natsUrl, 'clientele events').catch((error: Error) => {
    throw new UsageError(`NATS does not answer at ${new URL(o.natsUrl).host}: ${error.message}.`)
  })
  try {
    const consumer = await jetstream(nats).consumers.get(streamName, await startOf(o, nats))
    const messages = await consumer.consume({ expires: pullMs })
    const stop = () => messages.stop()
    o.signal.addEventListener('abort', stop)
    if (o.signal.aborted) stop()
    o.onReady?.()
    for await (const message of messages) read(message, o)
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === streamMissing) {
      throw new UsageError('There is no stream of events yet: has the platform been started?')
    }
    throw error
  } finally {
    await nats.close()
  }
}

const read = (message: JsMsg, { onEvent, onUnreadable }: FollowOptions) => {
  let event: CloudEvent
  try {
    event = parseEvent(message.string())
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    onUnreadable?.(message.seq, error.message)
    return
  }
  onEvent(event)
}

// By number and not as "new": a consumer that is made again after an outage must not skip what came meanwhile.
const startOf = async ({ filter, from }: FollowOptions, nats: NatsConnection) => {
  const options: Partial<OrderedConsumerOptions> = { filter_subjects: filter }
  if (from === 'start') return { ...options, deliver_policy: DeliverPolicy.All }
  if (from) return { ...options, deliver_policy: DeliverPolicy.StartTime, opt_start_time: from.toISOString() }
  const { state } = await (await jetstreamManager(nats)).streams.info(streamName)
  return { ...options, deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: state.last_seq + 1 }
}
