import { type RunningService, streamName } from '@clientele/kit'
import { jetstreamManager } from '@nats-io/jetstream'

/**
 * Publishes and consumes until nothing moves any more. Consumers are asked only where there is something that they have not been asked
 * about: an event on the stream, or one that is parked.
 */
export const createSettle = (services: readonly RunningService[], relay: () => Promise<number>) => {
  let settled: string | undefined

  const drain = async (each: RunningService) => {
    for (const consumption of each.consumptions) await consumption.drain()
  }
  const hasParked = async ({ database }: RunningService) =>
    (await database.system.query('select from parked_key limit 1')).rowCount !== 0

  return async () => {
    await relay()
    do {
      const end = await endOfStream(services)
      if (end === settled) await Promise.all(services.map(async (each) => (await hasParked(each)) && drain(each)))
      else await Promise.all(services.map(drain))
      settled = end
    } while (await relay())
  }
}

/** Tells one state of the stream from every other, also where it was made anew. */
const endOfStream = async ([first]: readonly RunningService[]) => {
  if (!first) return ''
  const jsm = await jetstreamManager(first.nats, { checkAPI: false })
  const { created, state } = await jsm.streams.info(streamName)
  return `${created} ${state.last_seq}`
}
