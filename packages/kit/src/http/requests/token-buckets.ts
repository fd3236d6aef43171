import { LRUCache } from 'lru-cache'
import { HttpFault } from '../answers/http-fault.js'

/** Whether a request may pass; else how many seconds to wait, at least 1, and the rate that was exceeded. */
export type RateVerdict = { passes: true } | TooOften

interface TooOften {
  passes: false
  retryAfter: number
  perMinute: number
}

export interface TokenBuckets {
  /** Counts one request of whoever has this key and so many requests a minute; a burst may have ten seconds' worth. */
  take(key: string, perMinute: number): RateVerdict
}

interface Bucket {
  tokens: number
  at: number
}

/**
 * Token buckets of this process: with several replicas each counts for itself. At most `buckets` keys are remembered; the one that
 * was quiet for longest is forgotten first, which gives it a full bucket.
 */
export const createTokenBuckets = ({
  buckets = 10_000,
  now = Date.now,
}: {
  buckets?: number | undefined
  now?: (() => number) | undefined
} = {}): TokenBuckets => {
  const known = new LRUCache<string, Bucket>({ max: buckets })
  return {
    take: (key, perMinute) => {
      const at = now()
      const perMs = perMinute / 60_000
      const burst = Math.max(1, perMinute / 6)
      const bucket = known.get(key) ?? { tokens: burst, at }
      // A clock that is set back must not empty anybody's bucket.
      bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
      bucket.at = at
      known.set(key, bucket)
      if (bucket.tokens < 1) {
        return { passes: false, retryAfter: Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000)), perMinute }
      }
      bucket.tokens--
      return { passes: true }
    },
  }
}

/** The refusal of a request that comes too often; the answer says when in `Retry-After`. */
export const tooManyRequests = ({ perMinute, retryAfter }: TooOften) =>
  new HttpFault(429, 'RATE_LIMITED', `More than ${perMinute} requests a minute. Try again in ${retryAfter} s.`, {
    reason: 'rate.requests',
    params: { perMinute, retryAfter },
    headers: { 'retry-after': String(retryAfter) },
  })
