import { hash } from 'node:crypto'
import { type JWTPayload, jwtVerify } from 'jose'
import { type Actor, actorOf, type Claims, claimsOf } from './actor.js'
import { Invalid, Unauthenticated } from './errors.js'
import type { Log } from './log.js'
import { signingKeys } from './signing-keys.js'
import { refusal } from './token-refusal.js'

export type { Actor } from './actor.js'

/** Turns bearer tokens into actors. */
export interface Verifier {
  /**
   * `tenant` is the one that the request names (header `x-clientele-tenant`): a service account of all tenants must name one, anybody
   * else may only name his own.
   * @throws Unauthenticated with a reason `token.…`; Unavailable where the issuer's keys cannot be had. Never quotes the token.
   */
  verify(token: string, o?: { tenant?: string }): Promise<Actor>
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
  now?: () => Date
  log?: Log
}

const MAX_TOKEN_LENGTH = 16_384

/** Verifies tokens against one issuer, and remembers verified ones by their SHA-256 for a short time. Refusals are never remembered. */
export function createVerifier(o: VerifierOptions): Verifier {
  const { issuer, audience, now = () => new Date(), cacheSeconds = 30, cacheSize = 10_000 } = o
  const algorithms = checkAlgorithms(o.algorithms ?? ['RS256', 'ES256', 'PS256'])
  const clockTolerance = checkSkew(o.clockSkewSeconds ?? 30)
  const keys = signingKeys({ issuer, jwksUri: o.jwksUri, now, log: o.log })
  const verified = new Map<string, { claims: Claims; until: number }>()
  const pending = new Map<string, Promise<Claims>>()

  async function check(token: string, key: string): Promise<Claims> {
    const currentDate = now()
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      currentDate,
      requiredClaims: ['exp', 'sub'],
    }).catch((error: unknown) => {
      throw refusal(error)
    })
    const claims = claimsOf(payload, protectedHeader)
    remember(key, claims, payload, currentDate)
    return claims
  }

  function remember(key: string, claims: Claims, payload: JWTPayload, currentDate: Date) {
    const until = Math.min(payload.exp! * 1000, currentDate.getTime() + cacheSeconds * 1000)
    if (until <= currentDate.getTime() || cacheSize < 1) return
    if (verified.size >= cacheSize) verified.delete(verified.keys().next().value!)
    verified.set(key, { claims, until })
  }

  function recall(key: string): Claims | undefined {
    const entry = verified.get(key)
    if (!entry) return undefined
    verified.delete(key)
    if (entry.until <= now().getTime()) return undefined
    verified.set(key, entry) // moves it to the young end
    return entry.claims
  }

  function checkOnce(token: string, key: string): Promise<Claims> {
    const running = pending.get(key)
    if (running) return running
    const started = check(token, key).finally(() => pending.delete(key))
    pending.set(key, started)
    return started
  }

  return {
    async verify(token, { tenant } = {}) {
      if (token.length > MAX_TOKEN_LENGTH)
        throw new Unauthenticated('The token is too long.', { reason: 'token.malformed' })
      const key = hash('sha256', token, 'base64url')
      return actorOf(recall(key) ?? (await checkOnce(token, key)), tenant)
    },
    close() {
      verified.clear()
    },
  }
}

/**
 * The token of an `Authorization: Bearer …` header.
 * @throws Unauthenticated `token.missing` without one, `token.malformed` for another scheme
 */
export function bearerToken(header: string | undefined): string {
  if (!header) throw new Unauthenticated('The request carries no bearer token.', { reason: 'token.missing' })
  const token = /^bearer +([^\s]+) *$/i.exec(header)?.[1]
  if (!token)
    throw new Unauthenticated('The Authorization header is not "Bearer" and one token.', { reason: 'token.malformed' })
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
