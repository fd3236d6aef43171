import { type ConsumerState, connectNats, streamInfo, streamName } from '@clientele/kit'
import { jetstreamManager } from '@nats-io/jetstream'

/** How many events the stream still has for each consumer, by its name; none where there is no stream. Throws where NATS cannot be reached. */
export const pendingOf = async (natsUrl: string): Promise<ReadonlyMap<string, number>> => {
  const pending = new Map<string, number>()
  const nats = await connectNats(natsUrl, 'clientele events')
  try {
    const jsm = await jetstreamManager(nats, { checkAPI: false })
    if (!(await streamInfo(jsm))) return pending
    for await (const { name, num_pending, num_ack_pending } of jsm.consumers.list(streamName)) {
      pending.set(name, num_pending + num_ack_pending)
    }
    return pending
  } finally {
    await nats.close()
  }
}

/** Of what a consumer has not had as many are not missing as the stream still has for it. */
export const orPending = (state: ConsumerState, pending: ReadonlyMap<string, number>): ConsumerState => {
  const waiting = Math.min(state.missing, pending.get(state.consumer) ?? 0)
  const missing = state.missing - waiting
  return { ...state, waiting: state.waiting + waiting, missing, missingSince: missing ? state.missingSince : null }
}
