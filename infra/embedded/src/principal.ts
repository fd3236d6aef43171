import { createHash } from 'node:crypto'
import { type DemoClient, type DemoUser, demoClients, demoUsers } from './demo-users.js'

/** The public client that people sign in through. */
export const CONSOLE_CLIENT = 'clientele-console'

/** Who a token speaks for, and what it says about him. */
export interface Principal {
  subject: string
  /** The claims of the Keycloak realm, beside those that every token has. */
  claims: {
    azp: string
    preferred_username: string
    name?: string
    tenant: string
    realm_access: { roles: string[] }
    groups: string[]
    scope: string
  }
}

export function personPrincipal(user: DemoUser): Principal {
  return {
    subject: user.subject,
    claims: {
      azp: CONSOLE_CLIENT,
      preferred_username: user.name,
      name: user.displayName,
      tenant: user.tenant,
      realm_access: { roles: user.roles },
      groups: [...user.territories.map((path) => `/territories/${path}`), ...departments(user.roles)],
      scope: 'openid profile',
    },
  }
}

export function clientPrincipal(client: DemoClient): Principal {
  return {
    subject: client.subject,
    claims: {
      azp: client.id,
      preferred_username: accountName(client),
      tenant: client.tenant,
      realm_access: { roles: client.roles },
      groups: [],
      scope: client.scope,
    },
  }
}

/** Keycloak's name for the account behind a client. */
function accountName(client: DemoClient): string {
  return `service-account-${client.id}`
}

function departments(roles: string[]): string[] {
  return roles.filter((role) => role === 'sales' || role === 'service').map((role) => `/departments/${role}`)
}

/**
 * The principal that `as` names: a demo user, a client or its account (`service-account-profiles`), or a role. `tenant`
 * moves it: to the user of that role there, or else to a person of the same name whose subject is his own. Throws with
 * the names there are when nobody is meant, and when the tenant is not a slug.
 */
export function findPrincipal(as: string, tenant?: string): Principal {
  if (tenant !== undefined && !/^(\*|[a-z0-9-]{1,63})$/.test(tenant)) {
    throw new Error(`"${tenant}" is not a tenant: it has 1 to 63 lower-case letters, digits or hyphens.`)
  }
  const client = demoClients.find((each) => each.id === as || accountName(each) === as)
  if (client) return clientPrincipal({ ...client, tenant: tenant ?? client.tenant })
  if (tenant === '*') throw new Error('Only a service account can speak for every tenant.')
  const user = demoUsers.find((each) => each.name === as) ?? demoUsers.find((each) => each.roles.includes(as))
  if (!user) throw new Error(`There is nobody called "${as}". There are: ${principalNames().join(', ')}.`)
  if (tenant === undefined || tenant === user.tenant) return personPrincipal(user)
  const local = demoUsers.find((each) => each.tenant === tenant && (each.roles.includes(as) || each.name === as))
  return personPrincipal(local ?? { ...user, tenant, subject: derivedSubject(tenant, user.name) })
}

/** Every name that `findPrincipal` knows. */
export function principalNames(): string[] {
  return [...demoUsers.map((user) => user.name), ...demoClients.map(accountName)]
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
