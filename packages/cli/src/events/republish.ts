import { connectNats, streamInfo, streamName } from '@clientele/kit'
import { jetstreamManager } from '@nats-io/jetstream'

/** Deletes the event stream; relays make and fill it again from their outboxes. Resolves with how many events it held; undefined where there is none. */
export const republish = async (natsUrl: string): Promise<number | undefined> => {
  const nats = await connectNats(natsUrl, 'clientele events')
  try {
    const jsm = await jetstreamManager(nats, { checkAPI: false })
    const stream = await streamInfo(jsm)
    if (stream) await jsm.streams.delete(streamName)
    return stream?.state.messages
  } finally {
    await nats.close()
  }
}
