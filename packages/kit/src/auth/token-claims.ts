import { canonicalId, malformedCharacter, normalizeLine, staffId, tenantSlug } from '@clientele/contracts'
import { z } from 'zod'
import { refused } from './token-refusal.js'

const seconds = z.int().min(0)
// Subjects and territories are compared with what callers write, which has the same form.
const text = z
  .string()
  .refine((claim) => malformedCharacter(claim) === undefined)
  .transform(normalizeLine)
const names = z.array(text)

/** What we read of a token, in the forms that our realm writes (Keycloak's names). Other claims are not looked at. */
const accessToken = z.object({
  /** What events and records carry as who acted, so it has their form. */
  sub: text.transform(canonicalId).pipe(staffId),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: seconds,
  iat: seconds,
  nbf: seconds.optional(),
  /** Keycloak's word for the kind of token, beside the media type in the header. */
  typ: z.literal('Bearer').optional(),
  /** The client that asked for the token. */
  azp: text.optional(),
  client_id: text.optional(),
  preferred_username: text.optional(),
  /** The session of somebody who signed in. */
  sid: text.optional(),
  scope: text.optional(),
  realm_access: z.object({ roles: names.optional() }).optional(),
  groups: names.optional(),
  /** Aliases of a person's organizations, alone or with what Keycloak tells of each. */
  organization: z.union([z.array(tenantSlug), z.record(tenantSlug, z.unknown())]).optional(),
  /** The tenant of a client; `*` for a service account of each. */
  tenant: z.union([z.literal('*'), tenantSlug]).optional(),
})

export type TokenClaims = z.output<typeof accessToken>

const MAX_LIFE_SECONDS = 31 * 24 * 3_600

/** Claims of ID tokens (OpenID Connect Core §3.1.3.6, §3.3.2.11) and logout tokens (Back-Channel Logout §2.4), and the binding to a key, worth nothing without its proof. */
const NOT_OF_BEARERS = ['at_hash', 'c_hash', 's_hash', 'events', 'cnf']

interface Expected {
  issuer: string
  audience: string
  at: Date
  skewSeconds: number
}

/**
 * Checks all that can be checked without a key: issuer, audience and times, that it is an access token (RFC 9068 §4), the form of its claims.
 * @throws Unauthenticated `token.issuer`, `token.audience`, `token.expired`, `token.type`, `token.tenant`, `token.not_yet_valid`,
 *   `token.lifetime`, `token.malformed`
 */
export function readClaims(
  header: Readonly<Record<string, unknown>>,
  payload: Readonly<Record<string, unknown>>,
  o: Expected,
): TokenClaims {
  checkMeant(payload, o)
  if (!isAccessToken(header, payload)) throw refused('token.type')
  const { data, error } = accessToken.safeParse(payload)
  if (error) throw refused(error.issues.some(({ path }) => isAboutTenant(path[0])) ? 'token.tenant' : 'token.malformed')
  const now = Math.floor(o.at.getTime() / 1_000)
  if (data.iat > now + o.skewSeconds) throw refused('token.not_yet_valid')
  if (data.exp > now + MAX_LIFE_SECONDS) throw refused('token.lifetime')
  return data
}

/** RFC 7519 §4.1: for whom and for when the token is. */
function checkMeant({ iss, aud, exp, nbf }: Readonly<Record<string, unknown>>, o: Expected): void {
  if (iss !== o.issuer) throw refused('token.issuer')
  if (aud !== o.audience && !(Array.isArray(aud) && aud.includes(o.audience))) throw refused('token.audience')
  const now = Math.floor(o.at.getTime() / 1_000)
  if (typeof nbf === 'number' && nbf > now + o.skewSeconds) throw refused('token.not_yet_valid')
  if (typeof exp === 'number' && exp <= now - o.skewSeconds) throw refused('token.expired')
}

const isAboutTenant = (claim: PropertyKey | undefined) => claim === 'tenant' || claim === 'organization'

/** `at+jwt` (RFC 9068 §2.1), or what Keycloak writes instead: `JWT`, and `Bearer` in the claim of the same name. */
function isAccessToken({ typ }: { typ?: unknown }, payload: Readonly<Record<string, unknown>>): boolean {
  if (typeof typ !== 'string' || NOT_OF_BEARERS.some((name) => payload[name] !== undefined)) return false
  const media = typ.toLowerCase().replace(/^application\//, '')
  return media === 'at+jwt'
    ? [undefined, 'Bearer'].includes(payload.typ as string)
    : media === 'jwt' && payload.typ === 'Bearer'
}
