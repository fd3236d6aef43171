import { list } from './limit.js'

export const events = {
  /** Paths of what one event says has changed. */
  changedFields: list(0, 100),
  /** Bytes of an event's JSON; the stream takes a little more, for headers. */
  eventBytes: 60 * 1024,
} as const
