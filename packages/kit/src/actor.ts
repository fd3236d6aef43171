import { tenantSlug } from '@clientele/contracts'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { Unauthenticated } from './errors.js'

/** Who acts, for which tenant. */
export interface Actor {
  /** The token's `sub`. */
  subject: string
  /** Realm roles. */
  roles: readonly string[]
  tenant: string
  /** Paths below the group `/territories`: `emea/de`. */
  territories: readonly string[]
  kind: 'person' | 'service'
  /** The client that asked for the token (`azp`). */
  name?: string
}

/** What a verified token says; `tenant` is `*` for a service account that may act for each. */
export type Claims = Readonly<Actor>

const ALL_TENANTS = '*'
const TERRITORIES = '/territories/'

/**
 * Reads the claims of a token whose signature, issuer, audience and times are right (names: Keycloak's).
 * @throws Unauthenticated `token.type` for ID, refresh and key-bound tokens, `token.tenant` without a proper tenant, `token.malformed`
 */
export function claimsOf(payload: JWTPayload, header: JWTHeaderParameters): Claims {
  checkType(payload, header)
  const { sub, azp, client_id: clientId } = payload
  if (typeof sub !== 'string' || sub === '') throw refuse('token.malformed', 'The token names no subject.')
  const roles = strings((payload.realm_access as { roles?: unknown } | undefined)?.roles)
  const kind = roles.includes('service_account') ? 'service' : 'person'
  const name = [azp, clientId].find((value) => typeof value === 'string')
  const claims = {
    subject: sub,
    roles,
    tenant: tenantOf(payload, kind),
    territories: territoriesOf(payload),
    kind,
  } as const
  return Object.freeze(name === undefined ? claims : { ...claims, name: name as string })
}

/**
 * The actor for one request, which may name a tenant.
 * @throws Unauthenticated `token.tenant` where it must name one and does not, or names another than the token's
 */
export function actorOf(claims: Claims, requested: string | undefined): Actor {
  if (claims.tenant !== ALL_TENANTS) {
    if (requested === undefined || requested === claims.tenant) return claims
    throw refuse('token.tenant', 'The request names another tenant than the token.')
  }
  if (requested === undefined)
    throw refuse('token.tenant', 'A service account of all tenants must name the tenant it acts for.')
  if (!isTenant(requested)) throw refuse('token.tenant', 'The request names a tenant that cannot exist.')
  return Object.freeze({ ...claims, tenant: requested })
}

/** ID, refresh, offline and log-out tokens are signed by the same issuer; a token bound to a key is worth nothing without its proof. */
function checkType(payload: JWTPayload, header: JWTHeaderParameters) {
  const media = typeof header.typ === 'string' ? header.typ.toLowerCase().replace(/^application\//, '') : ''
  const isAccessToken = media === 'at+jwt' || (media === 'jwt' && payload.at_hash === undefined)
  const isBearer = payload.typ === undefined || payload.typ === 'Bearer'
  if (!isAccessToken || !isBearer || payload.cnf !== undefined) {
    throw refuse('token.type', 'The token is not a bearer access token.')
  }
}

function tenantOf(payload: JWTPayload, kind: Actor['kind']): string {
  const { tenant } = payload
  if (tenant === ALL_TENANTS && kind === 'service') return tenant
  if (typeof tenant === 'string' && isTenant(tenant)) return tenant
  throw refuse('token.tenant', 'The token names no tenant.')
}

const isTenant = (text: string) => tenantSlug.safeParse(text).success

const territoriesOf = ({ groups }: JWTPayload) =>
  Object.freeze(
    strings(groups)
      .filter((group) => group.startsWith(TERRITORIES))
      .map((group) => group.slice(TERRITORIES.length).replace(/\/+$/, ''))
      .filter((path) => path !== ''),
  )

const strings = (value: unknown): readonly string[] =>
  Object.freeze(Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])

const refuse = (reason: string, message: string) => new Unauthenticated(message, { reason })
