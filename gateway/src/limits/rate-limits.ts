import { partnerRole, serviceRole } from '@clientele/contracts'
import { type Actor, createTokenBuckets, type RateVerdict } from '@clientele/kit'
import { anonymousRoles, mostOf, type RoleTable } from './role-table.js'

/** Requests a minute by role; `client:<azp>` names one client and outweighs its roles. A burst may have ten seconds' worth. */
export type RateLimits = RoleTable

export const defaultRateLimits: RateLimits = {
  default: 1_200,
  anonymous: 120,
  [partnerRole]: 3_000,
  [serviceRole]: 12_000,
}

export interface RateLimiter {
  /** Counts a request of a known caller, by client, tenant and subject. */
  takeFor(actor: Actor): RateVerdict
  /** Counts a request without a good token, by address. */
  takeAt(address: string): RateVerdict
}

const passes: RateVerdict = { passes: true }

/** Counts in token buckets of this process, of which at most so many are kept. */
export function createRateLimiter(
  limits: RateLimits | undefined,
  o: { buckets?: number; now?: () => number } = {},
): RateLimiter {
  if (!limits) return { takeFor: () => passes, takeAt: () => passes }
  const buckets = createTokenBuckets(o)
  return {
    takeFor: ({ name = '', tenant, subject, roles }) => {
      const own = `client:${name}`
      const perMinute = Object.hasOwn(limits, own) ? (limits[own] as number) : mostOf(limits, roles)
      return buckets.take(JSON.stringify([name, tenant, subject]), perMinute)
    },
    takeAt: (address) => buckets.take(address, mostOf(limits, anonymousRoles)),
  }
}
