import { generateKeyPair, type KeyObject, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { accountRoleOf, accountRoles, serviceRole } from '@clientele/contracts'
import { type JWK, SignJWT } from 'jose'
import { type TestPeople, testPeople } from './people.js'

export const audience = 'clientele-api'

export interface TestActor {
  /** With `service_account`, the account of a service (`surveys_account`) or `partner` among them the token is a client's. */
  roles?: string[]
  tenant?: string
  /** Of a person of several organizations, in place of the one. */
  tenants?: readonly string[]
  /** Paths below `/territories`; `''` is the whole tree, and what an actor has unless given. */
  territories?: string[]
  subject?: string
  /** OAuth scopes; those of a partner unless given. */
  scopes?: string[]
}

/** A key pair whose public half the issuer publishes. */
export interface TestKey {
  alg: 'RS256' | 'PS256' | 'ES256'
  privateKey: KeyObject
  publicKey: KeyObject
  jwk: JWK & { kid: string }
}

/** An issuer of real signed tokens for tests: discovery document, keys, and tokens of services' accounts over HTTP, whatever their secret. */
export interface TestIssuer {
  issuer: string
  token(actor: TestActor, o?: { expiresIn?: string; audience?: string }): Promise<string>
  /** Of a service's own account; of one that all services share, unless given. */
  serviceToken(service?: string): Promise<string>
  /** The issuer's key of this algorithm; made and published when first asked for. */
  keyOf(alg: TestKey['alg']): Promise<TestKey>
  /** Whom it knows as users, as staff come from there. */
  people: TestPeople
  /** How often its keys have been fetched. */
  keyFetches(): number
  stop(): Promise<void>
}

/** A new key pair, published by nobody. */
export const createTestKey = async (alg: TestKey['alg'], kid: string = randomUUID()): Promise<TestKey> => {
  const { privateKey, publicKey } =
    alg === 'ES256'
      ? await promisify(generateKeyPair)('ec', { namedCurve: 'prime256v1' })
      : await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { alg, privateKey, publicKey, jwk: { ...(publicKey.export({ format: 'jwk' }) as JWK), kid, alg, use: 'sig' } }
}

export const startTestIssuer = async (): Promise<TestIssuer> => {
  const keys = [await createTestKey('ES256')]
  let keyFetches = 0
  const people = testPeople()
  const server = createServer((request, response) => {
    const asked = people.answer(request.url ?? '')
    if (asked) {
      response.writeHead(asked.status, { 'content-type': 'application/json' }).end(JSON.stringify(asked.body))
      return
    }
    if (request.url?.endsWith('/token')) {
      const told = (access_token: string) => response.end(JSON.stringify({ access_token, expires_in: 3_600 }))
      response.setHeader('content-type', 'application/json')
      serviceToken().then(told, () => response.destroy())
      return
    }
    const isForKeys = request.url?.endsWith('/jwks')
    if (isForKeys) keyFetches += 1
    const body = isForKeys ? { keys: keys.map(({ jwk }) => jwk) } : discovery
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const discovery = { issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` }

  const keyOf = async (alg: TestKey['alg']) => {
    const known = keys.find((key) => key.alg === alg)
    if (known) return known
    const made = await createTestKey(alg)
    keys.push(made)
    return made
  }

  const sign = async (claims: object, subject: string, o: { expiresIn?: string; audience?: string } = {}) => {
    const { alg, privateKey, jwk } = await keyOf('ES256')
    return new SignJWT({ typ: 'Bearer', jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg, kid: jwk.kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(o.audience ?? audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(o.expiresIn ?? '1h')
      .sign(privateKey)
  }

  const serviceToken = (service?: string) =>
    sign(claimsOf({ roles: [service ? accountRoleOf(service) : serviceRole], tenant: '*' }), 'service')

  return {
    issuer,
    token: (actor, o) => {
      const subject = actor.subject ?? randomUUID()
      people.seen({ subject, ...tenantAndTerritories(actor) })
      return sign(claimsOf(actor), subject, o)
    },
    people,
    serviceToken,
    keyOf,
    keyFetches: () => keyFetches,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const tenantAndTerritories = ({ tenant = 'acme', territories = [''] }: TestActor) => ({ tenant, territories })

/** Each account of a service has the role of all of them; who has that alone is the account that they share. */
export const withAccounts = (roles: readonly string[]): string[] => {
  const isAccount = roles.some((role) => (accountRoles as readonly string[]).includes(role))
  if (isAccount) return [...new Set([serviceRole, ...roles])]
  return roles.includes(serviceRole) ? [...roles, ...accountRoles] : [...roles]
}

/** What the realm writes: organizations and groups of persons, the tenant of clients. */
const claimsOf = ({
  roles: given = [],
  tenant = 'acme',
  tenants = [tenant],
  territories = [''],
  scopes,
}: TestActor) => {
  const roles = withAccounts(given)
  const isPartner = roles.includes('partner')
  const isClient = isPartner || roles.includes('service_account')
  const azp = isPartner ? 'partner' : isClient ? 'service' : 'clientele-console'
  return {
    azp,
    preferred_username: isClient ? `service-account-${azp}` : roles.join('-'),
    realm_access: { roles: roles.filter((role) => role !== 'partner') },
    groups: territories.map((path) => (path === '' ? '/territories' : `/territories/${path}`)),
    scope: (scopes ?? (isPartner ? ['customers.read', 'events.read'] : ['openid', 'profile'])).join(' '),
    ...(isClient ? { tenant } : { organization: tenants }),
  }
}
