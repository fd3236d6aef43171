import { LRUCache } from 'lru-cache'
import type { Claims } from './actor.js'

/** What verified tokens said, by the hash of each, for a short time; the least used one is forgotten first. */
export function verifiedTokens(o: { size: number; seconds: number }) {
  const known = o.size > 0 ? new LRUCache<string, { claims: Claims; until: number }>({ max: o.size }) : undefined

  return {
    /** `at` and `expiry` are in milliseconds since 1970. */
    keep(hash: string, claims: Claims, { at, expiry }: { at: number; expiry: number }): void {
      const until = Math.min(expiry, at + o.seconds * 1_000)
      if (until > at) known?.set(hash, { claims, until })
    },

    find(hash: string, at: number): Claims | undefined {
      const entry = known?.get(hash)
      if (!entry) return undefined
      if (entry.until > at) return entry.claims
      known?.delete(hash)
      return undefined
    },

    forget: () => known?.clear(),
  }
}
