import { line, number } from './limit.js'

export const requests = {
  idempotencyKey: line(200),
  /** Why somebody reads: `x-clientele-purpose`. */
  purpose: line(200),
  /** Entries of a page. */
  pageSize: number(0, 100),
  /** Bytes of a request's body, unless the gateway is set otherwise. */
  requestBytes: 256 * 1024,
} as const
