import { connectNats, type KnownSurroundings, streamInfo, streamName } from '@clientele/kit'
import { jetstreamManager } from '@nats-io/jetstream'
import { serviceNames } from '../services-by-name.js'

/** The event stream and its consumers, in numbers. Consumers of others are counted, not named. */
export const streamState = async (known: readonly KnownSurroundings[]) => {
  const url = known.find(({ natsUrl }) => natsUrl !== undefined)?.natsUrl
  if (url === undefined) return { failed: 'NATS_URL is not set' }
  const nats = await connectNats(url, 'clientele support-bundle')
  try {
    const jsm = await jetstreamManager(nats, { checkAPI: false })
    const { version, max_payload, cluster, jetstream, tls_required } = nats.info ?? {}
    const { memory, storage, streams, consumers, limits } = await jsm.getAccountInfo()
    const info = await streamInfo(jsm)
    const stream = info && {
      created: info.created,
      config: pick(info.config, [
        'retention',
        'storage',
        'discard',
        'max_age',
        'max_bytes',
        'max_msg_size',
        'num_replicas',
      ]),
      state: pick(info.state, ['messages', 'bytes', 'first_seq', 'last_seq', 'first_ts', 'last_ts', 'consumer_count']),
      replicas: info.cluster?.replicas?.map(({ current, offline, lag }) => ({ current, offline, lag })),
    }
    const ours: object[] = []
    let others = 0
    if (info) {
      for await (const each of jsm.consumers.list(streamName)) {
        if (!serviceNames.some((service) => each.name.startsWith(`${service}-`))) others += 1
        else
          ours.push(
            pick(each, [
              'name',
              'delivered',
              'ack_floor',
              'num_pending',
              'num_ack_pending',
              'num_redelivered',
              'num_waiting',
            ]),
          )
      }
    }
    return {
      server: { version, max_payload, isClustered: cluster !== undefined, jetstream, tls_required },
      account: { memory, storage, streams, consumers, limits },
      stream: stream ?? null,
      consumers: ours,
      consumersOfOthers: others,
    }
  } finally {
    await nats.close()
  }
}

const pick = <T extends object>(from: T, names: readonly (keyof T)[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]]))
