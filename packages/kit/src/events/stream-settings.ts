import { z } from 'zod'
import { whole } from '../config/config.js'
import { longestStreamDays } from './retention.js'

/** How the stream of events is kept. All services of a platform are told the same. */
export interface StreamSettings {
  /** On how many servers of the cluster. */
  replicas: number
  storage: 'file' | 'memory'
  /** For how many days an event stays in the stream. */
  maxAgeDays: number
  /** Above which the oldest events leave the stream; 0 for as many as come. */
  maxBytes: number
}

/** The settings of the event stream, in the environment. */
export const natsStreamSettings = z.object({
  /** Replicas of the event stream: 3 in a cluster of three servers or more, 1 on a single one. Set the servers' `sync_interval` to `always`. */
  NATS_STREAM_REPLICAS: whole(1, 5).default(1),
  /** Where the servers keep it. What is in memory is filled again from the outboxes after a restart. */
  NATS_STREAM_STORAGE: z.enum(['file', 'memory']).default('file'),
  /** For how many days an event stays in the stream: longer than any consumer is ever down. */
  NATS_STREAM_MAX_AGE_DAYS: whole(1, longestStreamDays).default(7),
  /** Size above which the oldest events leave the stream, in bytes, even where a consumer has not seen them; 0 for no limit. */
  NATS_STREAM_MAX_BYTES: whole(0, 10 ** 14).default(0),
})

export const streamSettingsOf = (config: z.output<typeof natsStreamSettings>): StreamSettings => ({
  replicas: config.NATS_STREAM_REPLICAS,
  storage: config.NATS_STREAM_STORAGE,
  maxAgeDays: config.NATS_STREAM_MAX_AGE_DAYS,
  maxBytes: config.NATS_STREAM_MAX_BYTES,
})

export const defaultStream = streamSettingsOf(natsStreamSettings.parse({}))
