import { limits } from '@clientele/contracts'
import {
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { Log } from '../config/log.js'
import { Invalid, Unavailable } from '../errors/errors.js'
import { defaultStream, type StreamSettings } from './stream-settings.js'

export const streamName = 'CLIENTELE_EVT'
/** The largest event, in bytes of JSON; the stream takes a little more, for headers. */
export const maxEventSize = limits.eventBytes
const day = 24 * 60 * 60 * 1000

/** The one stream of all events, created where it is missing. PostgreSQL is the log that counts: this copy is kept for some days. */
export const ensureStream = async (jsm: JetStreamManager, settings = defaultStream): Promise<StreamInfo> =>
  (await streamInfo(jsm)) ??
  (await jsm.streams.add({
    name: streamName,
    subjects: ['clientele.evt.>'],
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_msg_size: 64 * 1024,
    duplicate_window: nanos(2 * 60 * 1000),
    storage: settings.storage === 'file' ? StorageType.File : StorageType.Memory,
    ...changeable(settings),
  }))

/**
 * Brings the stream in line with the settings, and tells of what cannot be. Throws Invalid `nats.stream_refused` where the server cannot keep
 * the stream so, such as one alone that is to keep three replicas, and Unavailable while JetStream does not answer.
 */
export const settleStream = async (jsm: JetStreamManager, settings: StreamSettings, isCluster: boolean, log: Log) => {
  checkReplicas(settings, isCluster)
  try {
    const { config } = await ensureStream(jsm, settings)
    const differing = differencesOf(config, settings)
    if (differing.length) {
      await jsm.streams.update(streamName, changeable(settings))
      log.info({ stream: streamName, ...settings, changed: differing }, 'the event stream was changed to its settings')
    }
    if (config.storage !== settings.storage) {
      log.warn({ stream: streamName, storage: config.storage, wanted: settings.storage }, storageStays)
    }
    if (isCluster && settings.replicas === 1) log.warn({ stream: streamName }, oneReplica)
  } catch (cause) {
    if (cause instanceof JetStreamApiError && cause.code !== notNow) throw refusal(settings, cause.message, cause)
    throw new Unavailable('JetStream does not answer.', { reason: 'nats', cause })
  }
}

/** Throws Invalid `nats.stream_refused` where one server alone is to keep several replicas: it would say yes to the change of a stream that is there, and keep one. */
export const checkReplicas = (settings: StreamSettings, isCluster: boolean) => {
  if (!isCluster && settings.replicas > 1) throw refusal(settings, 'the server is not in a cluster')
}

/** In what a stream differs from its settings that a start would change. */
export const differencesOf = (config: StreamInfo['config'], settings: StreamSettings): string[] => {
  const wanted = changeable(settings)
  return (Object.keys(wanted) as (keyof typeof wanted)[]).filter((name) => config[name] !== wanted[name])
}

export const storageStays =
  'the storage of a stream cannot be changed: delete the stream, and relays fill it again from their outboxes'
export const oneReplica = 'the server is a cluster, but the event stream has one replica: NATS_STREAM_REPLICAS'

/** Core-NATS subject that wakes a service's relay after a commit. */
export const wakeSubject = (service: string) => `clientele.wake.${service}`

const streamMissing = 10059
const notNow = 10008

/** The stream as it is; undefined where there is none. */
export const streamInfo = (jsm: JetStreamManager) =>
  jsm.streams.info(streamName).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === streamMissing) return undefined
    throw error
  })

const changeable = ({ replicas, maxAgeDays, maxBytes }: StreamSettings) => ({
  num_replicas: replicas,
  max_age: nanos(maxAgeDays * day),
  max_bytes: maxBytes || -1,
})

const refusal = ({ replicas, storage, maxAgeDays, maxBytes }: StreamSettings, why: string, cause?: unknown) =>
  new Invalid(
    `NATS refuses to keep the event stream with ${replicas} replicas in ${storage} for ${maxAgeDays} days and ${maxBytes || 'any number of'} bytes: ${why}. A single server keeps one replica; see NATS_STREAM_REPLICAS, NATS_STREAM_STORAGE, NATS_STREAM_MAX_BYTES.`,
    { reason: 'nats.stream_refused', cause },
  )
