import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { createLocalJWKSet, type JWK } from 'jose'
import { z } from 'zod'
import type { Log } from '../config/log.js'

/** The keys of an issuer as they were fetched. */
export interface KeySet {
  /** Finds the key that verifies a token, by the token's header. */
  find: ReturnType<typeof createLocalJWKSet>
  /** The ids of all of them, those included that must not verify anything. */
  ids: ReadonlySet<string>
  /** What those that may verify are for: their `alg`, or their `kty` where they do not say. */
  algorithms: ReadonlySet<string>
  /** The ids of those that are not used: weak, private or not understood. */
  left: readonly string[]
}

export interface KeySource {
  issuer: string
  /** Where the keys are, if not where the issuer's discovery document says. */
  jwksUri?: string | undefined
  log?: Log | undefined
}

const TIMEOUT_MS = 5_000
const MIN_RSA_BITS = 2_048

const webUrl = z.url({ protocol: /^https?$/ })
const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: webUrl })
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })

/** The address of an issuer's keys. OpenID Connect Discovery 1.0, §4.3: a document that names another issuer must not be used. */
export async function locateKeys({ issuer, jwksUri }: KeySource): Promise<string> {
  if (jwksUri) return jwksUri
  const document = discoveryDocument.parse(
    await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
  )
  if (document.issuer !== issuer)
    throw new Error(`The discovery document belongs to ${document.issuer}, not to ${issuer}.`)
  if (issuer.startsWith('https:') && !document.jwks_uri.startsWith('https:'))
    throw new Error('The discovery document says to fetch the keys without TLS.')
  return document.jwks_uri
}

/** Fetches the issuer's keys, and leaves out those that must not verify a signature. */
export async function fetchKeys(uri: string, { issuer, log }: KeySource): Promise<KeySet> {
  const { keys } = keySet.parse(await fetchJson(uri))
  const signing = keys.filter(({ use = 'sig' }) => use === 'sig')
  const good = signing.filter(isGoodKey)
  const left = signing.filter((key) => !good.includes(key)).map(({ kid }) => String(kid))
  if (left.length) {
    log?.warn({ issuer, kids: left }, 'keys of the issuer are not used: weak, private or not understood')
  }
  return {
    find: createLocalJWKSet({ keys: good as JWK[] }),
    ids: new Set(keys.flatMap(({ kid }) => (typeof kid === 'string' ? [kid] : []))),
    algorithms: new Set(good.map(({ alg, kty }) => (typeof alg === 'string' ? alg : kty))),
    left,
  }
}

/** RSA of at least 2048 bits (RFC 7518 §3.3), or a curve; the public half only, because a key that is no secret proves nothing. */
function isGoodKey(key: Record<string, unknown>): boolean {
  if (key.d !== undefined || key.k !== undefined) return false
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey({
      key: key as JsonWebKey,
      format: 'jwk',
    })
    if (type !== 'rsa') return true
    return (details?.modulusLength ?? 0) >= MIN_RSA_BITS && (details?.publicExponent ?? 0n) >= 3n
  } catch {
    return false
  }
}

async function fetchJson(uri: string): Promise<unknown> {
  const response = await fetch(uri, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (response.ok) return response.json()
  await response.body?.cancel()
  throw new Error(`${uri} answers ${response.status}.`)
}
