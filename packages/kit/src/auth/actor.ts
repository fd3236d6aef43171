import { accountRoles, partnerRole, partnerScope, serviceRole, tenantSlug } from '@clientele/contracts'
import type { TokenClaims } from './token-claims.js'
import { refused } from './token-refusal.js'

/** What makes a program act for somebody, by kinds of it: what a person has set up, and it carries out. */
export const behalfKinds = ['automation', 'import', 'bulk_change', 'work_reassignment'] as const

/** For whom a service acts, and what makes it do so. */
export interface Behalf {
  /** The subject of who set it up. */
  subject: string
  kind: (typeof behalfKinds)[number]
  /** Id of what was set up: the automation, the import, the bulk change, or the reassignment of work. */
  id: string
}

/** Who acts, for which tenant. */
export interface Actor {
  /** The token's `sub`. */
  subject: string
  /** Realm roles, and `partner` for a client that is one. */
  roles: readonly string[]
  tenant: string
  /** Paths below the group `/territories`: `emea/de`; a member of `/territories` itself has `''`, the whole tree. */
  territories: readonly string[]
  /** OAuth scopes that the token was given: `events.read`. */
  scopes?: readonly string[]
  /** A `service` is a program that acts for itself: one of ours, or a partner's. */
  kind: 'person' | 'service'
  /** The client that asked for the token (`azp`). */
  name?: string
  /** Of a service at work in its own database, which finds everything there; no token says so. */
  itself?: true
  /** Of a service that acts for somebody: roles and territories are theirs then, and so is what is their own. */
  onBehalfOf?: Behalf
}

/** Whose own an actor's own things are: of whom they act for, else theirs. */
export const ownSubject = ({ subject, onBehalfOf }: Pick<Actor, 'subject' | 'onBehalfOf'>): string =>
  onBehalfOf?.subject ?? subject

/**
 * Whoever comes without a bearer token. Row-level security shows them nothing; public fields and routes take their tenant from the token of
 * a link.
 */
export const anonymous: Actor = { subject: 'anonymous', roles: [], tenant: '', territories: [], kind: 'person' }

/** What a verified token says, before a request chooses among its tenants. `['*']` is every tenant. */
export interface Claims {
  readonly actor: Readonly<Omit<Actor, 'tenant'>>
  readonly tenants: readonly string[]
}

const isAccountRole = (role: string) => (accountRoles as readonly string[]).includes(role)

const ALL_TENANTS = '*'
const TERRITORIES = '/territories'

/**
 * Who a verified token speaks for.
 * @throws Unauthenticated `token.tenant` without a proper tenant
 */
export function claimsOf(token: TokenClaims): Claims {
  const { sub, azp, client_id, scope = '', realm_access, groups = [] } = token
  // `partner` is no role of the realm: nobody gets it by a role of that name.
  const named = (realm_access?.roles ?? []).filter((role) => role !== partnerRole)
  const scopes = scope.split(' ').filter(Boolean)
  const isOurs = named.includes(serviceRole)
  // Nor is the account of a service anybody's but ours.
  const granted = isOurs ? named : named.filter((role) => !isAccountRole(role))
  const isClient = isOurs || speaksForItself(token)
  const isPartner = isClient && !isOurs && scopes.includes(partnerScope)
  const name = azp ?? client_id
  const actor = {
    subject: sub,
    roles: Object.freeze(isPartner ? [...granted, partnerRole] : granted),
    territories: territoriesOf(groups),
    scopes: Object.freeze(scopes),
    kind: isClient ? 'service' : 'person',
    ...(name !== undefined && { name }),
  } as const
  return Object.freeze({ actor: Object.freeze(actor), tenants: tenantsOf(token, isOurs) })
}

/** The last actor of each token. */
const actors = new WeakMap<Claims, Actor>()

/**
 * The actor for one request, which may name a tenant, and must where the token has several. Requests of one token for one tenant get the
 * same object, so that what was found out about it can be remembered.
 * @throws Unauthenticated `token.tenant`
 */
export function actorOf(claims: Claims, requested: string | undefined): Actor {
  const tenant = tenantOf(claims, requested)
  const known = actors.get(claims)
  if (known?.tenant === tenant) return known
  const actor = Object.freeze({ ...claims.actor, tenant })
  actors.set(claims, actor)
  return actor
}

function tenantOf({ tenants }: Claims, requested: string | undefined): string {
  const [only, ...others] = tenants
  const isChoice = only === ALL_TENANTS || others.length > 0
  const tenant = requested ?? (isChoice ? undefined : only)
  if (tenant === undefined) {
    throw refused(
      'token.tenant',
      'The token is good for several tenants: the request must name the one it is for (x-clientele-tenant).',
    )
  }
  const isAllowed = only === ALL_TENANTS ? tenantSlug.safeParse(tenant).success : tenants.includes(tenant)
  if (!isAllowed) throw refused('token.tenant', 'The request names a tenant that the token is not good for.')
  return tenant
}

/** Whether the token comes from client credentials: nobody signed in, and it speaks for the client's account (Keycloak) or the client (RFC 9068 §2.2). */
const speaksForItself = ({ sub, azp, client_id = azp, preferred_username, sid, organization, tenant }: TokenClaims) =>
  azp !== undefined &&
  azp === client_id &&
  (preferred_username === `service-account-${azp}` || sub === azp) &&
  sid === undefined &&
  organization === undefined &&
  tenant !== undefined

/** Persons have organizations, clients a tenant; who has both must have the same. */
function tenantsOf({ tenant, organization }: TokenClaims, isOurs: boolean): readonly string[] {
  const aliases = Array.isArray(organization) ? organization : Object.keys(organization ?? {})
  if (organization && tenant && (aliases.length !== 1 || aliases[0] !== tenant)) {
    throw refused('token.tenant', 'The token names a tenant and another organization.')
  }
  const tenants = tenant ? [tenant] : aliases
  if (tenants.length === 0 || (tenant === ALL_TENANTS && !isOurs)) throw refused('token.tenant')
  return Object.freeze(tenants)
}

const territoriesOf = (groups: readonly string[]) =>
  Object.freeze(
    groups.flatMap((group) => {
      if (group === TERRITORIES) return ['']
      const path = group.startsWith(`${TERRITORIES}/`) ? group.slice(TERRITORIES.length + 1).replace(/\/+$/, '') : ''
      return path === '' ? [] : [path]
    }),
  )
