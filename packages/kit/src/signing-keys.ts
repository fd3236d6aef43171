import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { Log } from './log.js'

const REFRESH_AFTER_MS = 600_000
const COOLDOWN_MS = 5_000
const TIMEOUT_MS = 5_000

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) })

/**
 * The issuer's public keys. Fetched on first use; again, behind the requests, when ten minutes old; and at once for an unknown key id, but not
 * within five seconds of the last fetch. Keys stay in use while the issuer is away.
 */
export function signingKeys(o: { issuer: string; jwksUri?: string; now: () => Date; log?: Log }): JWTVerifyGetKey {
  let located: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined
  let fetchedAt = Number.NEGATIVE_INFINITY

  const locate = () => {
    located ??= locateKeys(o).catch((error) => {
      located = undefined
      throw error
    })
    return located
  }

  return async (header, token) => {
    const keys = await locate()
    const at = o.now().getTime()
    if (!keys.jwks()) fetchedAt = at
    else if (at - fetchedAt > REFRESH_AFTER_MS) {
      fetchedAt = at
      keys
        .reload()
        .catch((err) => o.log?.warn({ err, issuer: o.issuer }, 'signing keys not refreshed; the old ones stay in use'))
    }
    return keys(header, token)
  }
}

async function locateKeys(o: { issuer: string; jwksUri?: string }) {
  const uri = o.jwksUri ?? (await discover(o.issuer))
  return createRemoteJWKSet(new URL(uri), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
  })
}

/** OpenID Connect Discovery 1.0, §4: a document that names another issuer must not be used. */
async function discover(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`The discovery document answers ${response.status}.`)
  const document = discoveryDocument.parse(await response.json())
  if (document.issuer !== issuer)
    throw new Error(`The discovery document belongs to ${document.issuer}, not to ${issuer}.`)
  return document.jwks_uri
}
