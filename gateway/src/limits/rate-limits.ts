import { partnerRole, serviceRole } from '@clientele/contracts'
import type { Actor } from '@clientele/kit'
import { LRUCache } from 'lru-cache'
import { anonymousRoles, mostOf, type RoleTable } from './role-table.js'

/** Requests a minute by role; `client:<azp>` names one client and outweighs its roles. A burst may have ten seconds' worth. */
export type RateLimits = RoleTable

export const defaultRateLimits: RateLimits = {
  default: 1_200,
  anonymous: 120,
  [partnerRole]: 3_000,
  [serviceRole]: 12_000,
}

/** Whether a request may pass; else how many seconds to wait, at least 1, and the rate that was exceeded. */
export type Verdict = { passes: true } | { passes: false; retryAfter: number; perMinute: number }

export interface RateLimiter {
  /** Counts a request of a known caller, by client, tenant and subject. */
  takeFor(actor: Actor): Verdict
  /** Counts a request without a good token, by address. */
  takeAt(address: string): Verdict
}

interface Bucket {
  tokens: number
  at: number
}

const passes: Verdict = { passes: true }

/**
 * Token buckets of this process: with several replicas each counts for itself. At most `buckets` callers are remembered; the one that
 * was quiet for longest is forgotten first, which gives it a full bucket.
 */
export function createRateLimiter(
  limits: RateLimits | undefined,
  { buckets = 10_000, now = Date.now }: { buckets?: number; now?: () => number } = {},
): RateLimiter {
  const known = new LRUCache<string, Bucket>({ max: buckets })

  function take(key: string, perMinute: number): Verdict {
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
    return passes
  }

  if (!limits) return { takeFor: () => passes, takeAt: () => passes }
  return {
    takeFor: ({ name = '', tenant, subject, roles }) => {
      const own = `client:${name}`
      const perMinute = Object.hasOwn(limits, own) ? (limits[own] as number) : mostOf(limits, roles)
      return take(JSON.stringify([name, tenant, subject]), perMinute)
    },
    takeAt: (address) => take(address, mostOf(limits, anonymousRoles)),
  }
}
