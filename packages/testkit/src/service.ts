import {
  type CloudEvent,
  type EventData,
  type EventType,
  envelopeFor,
  natsSubject,
  subjectFilter,
} from '@clientele/contracts'
import type { DatabaseUrls, MasterKeys, RunningService, Service, Verifier } from '@clientele/kit'
import { jetstream } from '@nats-io/jetstream'
import { v7 as uuidv7 } from 'uuid'
import type { AsActor } from './call-as.js'
import { callAs } from './call-as.js'
import { startPlatform, type TestPlatformOptions } from './platform.js'
import { readEvents } from './stream.js'
import type { TestActor, TestIssuer } from './tokens.js'

export interface TestService extends Omit<RunningService, 'relay'> {
  issuer: TestIssuer
  verifier: Verifier
  masterKeys: MasterKeys
  masterKeyPath: string
  urls: DatabaseUrls
  natsUrl: string
  /** Where its public routes are served. */
  publicUrl: string
  /** Kills the nats-server, and starts it again where it was. */
  restartNats(): Promise<void>
  /** Calls the service as someone with this role or these claims. */
  as(actor: string | TestActor): AsActor
  anonymous(): AsActor
  /** Runs this before the service stops: for what a test opens beside it. */
  defer(cleanup: () => Promise<unknown>): void
  /** Publishes the outbox. */
  relay(): Promise<void>
  /** Lets every consumer take what has arrived. */
  drain(): Promise<void>
  /** Publishes and consumes until nothing moves any more. */
  settle(): Promise<void>
  /** Puts an event of another service on the stream, as that service's relay would. */
  deliver<T extends EventData>(
    type: EventType<T>,
    data: T,
    o?: { tenant?: string; id?: string; causationId?: string },
  ): Promise<CloudEvent<T>>
  /** The data of all published events of this type, in order. */
  published<T extends EventData>(type: EventType<T>): Promise<T[]>
}

/**
 * Starts one service on a database, stream and tokens of its own; relay, consumers and jobs move only when the test says so. `beside` are those that it
 * asks.
 */
export const startForTest = async (
  service: Service,
  { beside = [], ...o }: TestPlatformOptions & { beside?: readonly Service[] } = {},
): Promise<TestService> => {
  const platform = await startPlatform([service, ...beside], o)
  const running = platform.service(service.name)
  const js = jetstream(running.nats)

  return {
    ...running,
    stop: platform.stop,
    defer: platform.defer,
    issuer: platform.issuer,
    verifier: platform.verifier,
    masterKeys: platform.masterKeys,
    masterKeyPath: platform.masterKeyPath,
    urls: platform.urls(service.name),
    natsUrl: platform.natsUrl,
    publicUrl: platform.publicServer?.url ?? '',
    restartNats: async () => {
      await platform.nats.kill()
      await platform.nats.startAgain()
    },
    as: (actor) => platform.as(service.name, actor),
    anonymous: () => callAs(running.subgraph),
    relay: platform.relay,
    drain: async () => {
      for (const consumption of running.consumptions) await consumption.drain()
    },
    settle: platform.settle,
    deliver: async (type, data, { tenant = 'acme', id = uuidv7(), causationId } = {}) => {
      const event = envelopeFor(type, data, { id, tenant, time: new Date(), correlationId: uuidv7(), causationId })
      await platform.relay()
      await js.publish(natsSubject({ type: type.type, tenant, part: 0 }), JSON.stringify(event), { msgID: id })
      return event
    },
    published: async (type) =>
      (await readEvents(running.nats, subjectFilter(type))).map((event) => event.data as never),
  }
}
