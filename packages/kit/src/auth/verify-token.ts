import { hash } from 'node:crypto'
import { compactVerify } from 'jose'
import type { Log } from '../config/log.js'
import { Invalid } from '../errors/errors.js'
import { type Actor, actorOf, type Claims, claimsOf } from './actor.js'
import { signingKeys } from './signing-keys.js'
import { verifiedTokens } from './token-cache.js'
import { readClaims } from './token-claims.js'
import { readToken } from './token-form.js'
import { refusal, refused } from './token-refusal.js'

export type { Actor } from './actor.js'

/** Turns bearer tokens into actors. */
export interface Verifier {
  /** Whose tokens it takes: their `iss`. */
  issuer: string
  /**
   * `tenant` is the one that the request names (header `x-clientele-tenant`): whose token has several tenants, or all, must name one,
   * anybody else may only name their own.
   * @throws Unauthenticated with a reason `token.…` (token-refusal.ts); Unavailable where the issuer's keys cannot be had. Never quotes the token.
   */
  verify(token: string, o?: { tenant?: string }): Promise<Actor>
  /** Resolves when the issuer's keys are there, so that the first token need not wait for them; throws Unavailable `issuer.unavailable`. */
  ready(): Promise<void>
  close?(): void
}

export interface VerifierOptions {
  /** Must equal the `iss` claim; its discovery document tells where the keys are. */
  issuer: string
  /** Must be among the `aud` claim. */
  audience: string
  /** Where to fetch the keys instead, for example inside the cluster. */
  jwksUri?: string
  /** Asymmetric signatures only. RS256, ES256 and PS256 unless given. */
  algorithms?: string[]
  /** At most 30, and 30 unless given. */
  clockSkewSeconds?: number
  /** How long a verified token is remembered, never past its own expiry. 30 unless given; 0 remembers none. */
  cacheSeconds?: number
  /** How many verified tokens are remembered. 10 000 unless given. */
  cacheSize?: number
  /** The least time from one fetch of the issuer's keys to the next, however many tokens name unknown ones. 2 unless given. */
  keyCooldownSeconds?: number
  now?: () => Date
  log?: Log
}

/** By which tokens are signed. */
export const usualAlgorithms = ['RS256', 'ES256', 'PS256']

/** Verifies tokens against one issuer, and remembers verified ones by their SHA-256 for a short time. Refusals are never remembered. */
export function createVerifier(o: VerifierOptions): Verifier {
  const { issuer, audience, now = () => new Date(), cacheSeconds = 30, cacheSize = 10_000 } = o
  const algorithms = checkAlgorithms(o.algorithms ?? usualAlgorithms)
  const skewSeconds = checkSkew(o.clockSkewSeconds ?? 30)
  const cooldownMs = (o.keyCooldownSeconds ?? 2) * 1_000
  const keys = signingKeys({ issuer, jwksUri: o.jwksUri, cooldownMs, now, log: o.log })
  const verified = verifiedTokens({ size: cacheSize, seconds: cacheSeconds })
  const pending = new Map<string, Promise<Claims>>()
  // In one process the gateway and all services are shown the same token, one after the other.
  let last = { token: '', key: '' }

  async function check(token: string, key: string): Promise<Claims> {
    const { header, claims } = readToken(token, algorithms)
    const at = now()
    // Before a key is looked for, which may mean to wait for the issuer: no key makes a token good that says the wrong things.
    const known = readClaims(header, claims, { issuer, audience, at, skewSeconds })
    const result = claimsOf(known)
    await compactVerify(token, keys.find, { algorithms }).catch((error: unknown) => {
      throw refusal(error)
    })
    verified.keep(key, result, { at: at.getTime(), expiry: known.exp * 1_000 })
    return result
  }

  function checkOnce(token: string, key: string): Promise<Claims> {
    const running = pending.get(key)
    if (running) return running
    const started = check(token, key).finally(() => pending.delete(key))
    pending.set(key, started)
    return started
  }

  return {
    issuer,
    async verify(token, { tenant } = {}) {
      if (token !== last.token) last = { token, key: hash('sha256', token, 'base64url') }
      const { key } = last
      return actorOf(verified.find(key, now().getTime()) ?? (await checkOnce(token, key)), tenant)
    },
    ready: keys.fetched,
    close() {
      verified.forget()
      last = { token: '', key: '' }
    },
  }
}

/**
 * The token of an `Authorization: Bearer …` header.
 * @throws Unauthenticated `token.missing` without one, `token.malformed` for another scheme
 */
export function bearerToken(header: string | undefined): string {
  if (!header) throw refused('token.missing')
  const token = /^bearer +([^\s]+) *$/i.exec(header)?.[1]
  if (!token) throw refused('token.malformed', 'The Authorization header is not "Bearer" and one token.')
  return token
}

function checkAlgorithms(algorithms: string[]): string[] {
  const wrong = algorithms.filter((name) => !/^((RS|ES|PS)(256|384|512)|EdDSA|Ed25519)$/.test(name))
  if (wrong.length === 0 && algorithms.length > 0) return algorithms
  throw new Invalid(`Tokens must be signed with an asymmetric algorithm, not ${wrong.join(', ') || 'none'}.`, {
    reason: 'auth.algorithms',
  })
}

function checkSkew(seconds: number): number {
  if (seconds >= 0 && seconds <= 30) return seconds
  throw new Invalid('The clock skew must be from 0 to 30 seconds.', { reason: 'auth.clock_skew' })
}
