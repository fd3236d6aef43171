import type { Claims } from './actor.js'

/** What verified tokens said, by the hash of each, for a short time; the least used one is forgotten first. */
export function verifiedTokens(o: { size: number; seconds: number }) {
  const known = new Map<string, { claims: Claims; until: number }>()

  return {
    /** `at` and `expiry` are in milliseconds since 1970. */
    keep(hash: string, claims: Claims, { at, expiry }: { at: number; expiry: number }): void {
      const until = Math.min(expiry, at + o.seconds * 1_000)
      if (until <= at || o.size < 1) return
      if (known.size >= o.size) known.delete(known.keys().next().value!)
      known.set(hash, { claims, until })
    },

    find(hash: string, at: number): Claims | undefined {
      const entry = known.get(hash)
      if (!entry) return undefined
      known.delete(hash)
      if (entry.until <= at) return undefined
      known.set(hash, entry) // moves it to the young end
      return entry.claims
    },

    forget: () => known.clear(),
  }
}
