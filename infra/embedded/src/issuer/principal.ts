import { createHash } from 'node:crypto'
import { type DemoClient, type DemoUser, demoClients, demoUsers } from './demo-users.js'

/** The public client of the browser application. */
export const CONSOLE_CLIENT = 'clientele-console'

/** The public client of the command line, through which people sign in by a code that they enter at a browser (RFC 8628). */
export const COMMAND_LINE_CLIENT = 'clientele-cli'

/** Who a token speaks for, and what it says about them. */
export interface Principal {
  subject: string
  /** The claims of the Keycloak realm, beside those that every token has. */
  claims: {
    typ: 'Bearer'
    azp: string
    preferred_username: string
    name?: string
    /** A person's tenants, by the aliases of their organizations. */
    organization?: string[]
    /** A client's tenant. */
    tenant?: string
    realm_access?: { roles: string[] }
    groups?: string[]
    scope: string
  }
}

/** What a person's token says; `client` is the one that they signed in through. */
export function personPrincipal(user: DemoUser, client = CONSOLE_CLIENT): Principal {
  return {
    subject: user.subject,
    claims: {
      typ: 'Bearer',
      azp: client,
      preferred_username: user.name,
      name: user.displayName,
      organization: [user.tenant],
      realm_access: { roles: user.roles },
      groups: groupsOf(user),
      scope: 'openid profile organization',
    },
  }
}

/** What a client's token says; `scopes` are those that it was given, by default all that it may ask for. */
export function clientPrincipal(client: DemoClient, scopes: readonly string[] = client.scopes): Principal {
  return {
    subject: client.subject,
    claims: {
      typ: 'Bearer',
      azp: client.id,
      preferred_username: accountName(client),
      tenant: client.tenant,
      ...(client.roles.length > 0 && { realm_access: { roles: client.roles } }),
      scope: [...scopes, 'profile'].join(' '),
    },
  }
}

/** Keycloak's name for the account behind a client. */
function accountName(client: DemoClient): string {
  return `service-account-${client.id}`
}

/** The groups of a user, as paths: their territories, and the department of their role where it has one. */
export function groupsOf({ territories, roles }: DemoUser): string[] {
  const departments = roles.filter((role) => role === 'sales' || role === 'service')
  return [
    ...territories.map((path) => (path ? `/territories/${path}` : '/territories')),
    ...departments.map((role) => `/departments/${role}`),
  ]
}

/**
 * The principal that `as` names: a demo user, a role, `partner`, a client or its account (`service-account-clientele-profiles`).
 * `tenant` moves it: to the user of that role, or the partner, there, or else to one of the same name with a subject of
 * its own. Throws with the names there are when nobody is meant, and when the tenant is not a slug.
 */
export function findPrincipal(as: string, tenant?: string): Principal {
  if (tenant !== undefined && !/^(\*|[a-z0-9-]{1,63})$/.test(tenant)) {
    throw new Error(`"${tenant}" is not a tenant: it has 1 to 63 lower-case letters, digits or hyphens.`)
  }
  const client = findClient(as, tenant)
  if (tenant === '*' && client?.tenant !== '*') throw new Error('Only a service account can speak for every tenant.')
  if (client) return clientPrincipal(tenant === undefined ? client : movedClient(client, tenant))
  const user = demoUsers.find((each) => each.name === as) ?? demoUsers.find((each) => each.roles.includes(as))
  if (!user) throw new Error(`There is nobody called "${as}". There are: ${principalNames().join(', ')}.`)
  if (tenant === undefined || tenant === user.tenant) return personPrincipal(user)
  const local = demoUsers.find((each) => each.tenant === tenant && (each.roles.includes(as) || each.name === as))
  return personPrincipal(local ?? { ...user, tenant, subject: derivedSubject(tenant, user.name) })
}

/** Every name that `findPrincipal` knows. */
export function principalNames(): string[] {
  return [...demoUsers.map((user) => user.name), 'partner', ...demoClients.map(accountName)]
}

function findClient(as: string, tenant: string | undefined): DemoClient | undefined {
  if (as !== 'partner') return demoClients.find((each) => each.id === as || accountName(each) === as)
  const partners = demoClients.filter((each) => each.tenant !== '*')
  return partners.find((each) => each.tenant === tenant) ?? partners[0]
}

/** A service account acts for one tenant under its own name; a partner of another tenant is another one. */
function movedClient(client: DemoClient, tenant: string): DemoClient {
  if (client.tenant === tenant || client.tenant === '*') return { ...client, tenant }
  const id = `partner-${tenant}`
  return { ...client, id, tenant, subject: derivedSubject(tenant, id) }
}

/** A stable UUID (version 8, RFC 9562) for somebody who is not in the list. */
function derivedSubject(tenant: string, name: string): string {
  const hash = createHash('sha256').update(`${tenant}/${name}`).digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}
