import { createLocalJWKSet, type JWK, jwtVerify } from 'jose'
import { type DemoUser, demoUsers } from './demo-users.js'
import { endedUsers } from './ended-users.js'
import { ALGORITHM, readIssuerKeys } from './issuer-keys.js'
import { groupsOf } from './principal.js'

/** What is answered to a request. */
interface Answer {
  status: number
  body: unknown
}

/**
 * Answers what Clientele reads of Keycloak's admin REST API, about the demo users: organizations and their members, users, their
 * groups and roles. `path` begins below `/admin`. Only the services' own accounts may ask.
 */
export async function adminAnswer(
  dir: string,
  issuer: string,
  path: string,
  authorization: string | undefined,
): Promise<Answer> {
  const { pathname, searchParams } = new URL(path, issuer)
  if (!(await isService(dir, issuer, authorization))) return { status: 401, body: { error: 'HTTP 401 Unauthorized' } }
  const body = read(await endedUsers(dir), pathname.split('/').filter(Boolean).map(decodeURIComponent))
  if (body === undefined) return { status: 404, body: { error: 'not found' } }
  if (!Array.isArray(body)) return { status: 200, body }
  const first = Number(searchParams.get('first') ?? 0)
  return { status: 200, body: body.slice(first, first + Number(searchParams.get('max') ?? 100)) }
}

const tenants = [...new Set(demoUsers.map(({ tenant }) => tenant))]
const organization = (alias: string) => ({ id: alias, alias, name: alias, enabled: true })

function read(ended: ReadonlySet<string>, [concept, id, relation, ...rest]: string[]): unknown {
  const shown = (user: DemoUser) => ({ ...userRepresentation(user), enabled: !ended.has(user.subject) })
  if (concept === 'organizations' && id === undefined) return tenants.map(organization)
  if (concept === 'organizations' && id === 'members' && rest[0] === 'organizations') {
    const user = userOf(relation)
    return user && [organization(user.tenant)]
  }
  if (concept === 'organizations' && relation === 'members') {
    return demoUsers.filter(({ tenant }) => tenant === id).map(shown)
  }
  const user = concept === 'users' ? userOf(id) : undefined
  if (relation === 'role-mappings' && rest.join('/') === 'realm/composite') {
    return user?.roles.map((name) => ({ name }))
  }
  if (relation === 'groups') return user && groupsOf(user).map((group) => ({ path: group }))
  return user && relation === undefined ? shown(user) : undefined
}

const userOf = (subject: string | undefined) => demoUsers.find((user) => user.subject === subject)

/** A demo user as Keycloak tells of users. */
export function userRepresentation(user: DemoUser) {
  return {
    id: user.subject,
    username: user.name,
    // The realm keeps whole names in one field: which part comes first differs between languages.
    firstName: user.displayName,
    email: `${user.name}@${user.tenant}.example`,
    emailVerified: true,
    enabled: true,
  }
}

async function isService(dir: string, issuer: string, authorization: string | undefined): Promise<boolean> {
  const keys = (await readIssuerKeys(dir)).signing.map(({ kty, n, e, kid, alg }) => ({ kty, n, e, kid, alg }) as JWK)
  try {
    const token = authorization?.replace(/^Bearer /, '') ?? ''
    const options = { issuer, algorithms: [ALGORITHM], typ: 'at+jwt' }
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys }), options)
    const { roles = [] } = (payload.realm_access ?? {}) as { roles?: string[] }
    return roles.includes('service_account')
  } catch {
    return false
  }
}
