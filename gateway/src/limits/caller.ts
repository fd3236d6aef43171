import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  bearerToken,
  clientAddress,
  type RateVerdict,
  type TrustedProxies,
  tooManyRequests,
  Unauthenticated,
  type Verifier,
} from '@clientele/kit'
import type { RateLimiter } from './rate-limits.js'
import { anonymousRoles } from './role-table.js'

/** Who sends a request, as far as the gateway needs to know. */
export interface Caller {
  /** Whether a good token came with the request. */
  known: boolean
  /** `anonymous` alone for a request without a token. */
  roles: readonly string[]
  /** Where it comes from, for the audit log: an IPv4 address, or the /64 of an IPv6 one. */
  address: string
  /** Whose turn it is among heavy requests: those without a token share the turns of one tenant. */
  turn: { tenant: string; caller: string }
}

export type Admission = (request: IncomingMessage, response: ServerResponse) => Promise<Caller>

export interface AdmissionOptions {
  verifier: Verifier
  rates: RateLimiter
  proxies: TrustedProxies
}

/**
 * Admits a request before its body is read: verifies its token and counts it. A bad token is refused; none at all is left to the subgraphs,
 * as some operations are public. Throws `Unauthenticated`, `Unavailable` without the issuer's keys, or `RateLimited` (with `Retry-After`).
 */
export function createAdmission({ verifier, rates, proxies }: AdmissionOptions): Admission {
  return async (request, response) => {
    const { authorization, 'x-clientele-tenant': tenant } = request.headers
    const address = clientAddress(request, proxies)
    const countAddress = () => pass(rates.takeAt(address), response)
    if (authorization === undefined) {
      countAddress()
      return { known: false, roles: anonymousRoles, address, turn: { tenant: '', caller: address } }
    }
    try {
      const o = typeof tenant === 'string' ? { tenant } : undefined
      const actor = await verifier.verify(bearerToken(authorization), o)
      pass(rates.takeFor(actor), response)
      const { roles } = actor
      return { known: true, roles, address, turn: { tenant: actor.tenant, caller: actor.subject } }
    } catch (error) {
      // Only failures count by address: those behind one address who have good tokens are not held up by one who has none.
      if (error instanceof Unauthenticated) countAddress()
      throw error
    }
  }
}

function pass(verdict: RateVerdict, response: ServerResponse): void {
  if (verdict.passes) return
  response.setHeader('retry-after', String(verdict.retryAfter))
  throw tooManyRequests(verdict)
}
