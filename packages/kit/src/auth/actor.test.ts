import { type Actor, actorOf, claimsOf } from './actor.js'
import type { TokenClaims } from './token-claims.js'

const base = { aud: 'clientele-api', iat: 0, exp: 300 }
const person: TokenClaims = {
  ...base,
  sub: 'u-1',
  azp: 'console',
  organization: ['acme'],
  realm_access: { roles: ['manager'] },
}
const service: TokenClaims = {
  ...base,
  sub: 's-1',
  azp: 'clientele-segmentation',
  tenant: '*',
  realm_access: { roles: ['service_account'] },
}
const partner: TokenClaims = {
  ...base,
  sub: 'p-1',
  azp: 'shop',
  preferred_username: 'service-account-shop',
  tenant: 'acme',
  scope: 'customers.read events.read',
}
type Changes = { [Claim in keyof TokenClaims]?: TokenClaims[Claim] | undefined }
const acting = (token: TokenClaims, changes: Changes = {}, tenant?: string): Actor =>
  actorOf(claimsOf({ ...token, ...changes } as TokenClaims), tenant)

const outcome = (attempt: () => unknown) => {
  try {
    return attempt()
  } catch (error) {
    const { code, reason } = error as { code: string; reason: string }
    return `${code} ${reason}`
  }
}
const noTenant = 'UNAUTHENTICATED token.tenant'

test.each<[string, Changes, string | undefined, string]>([
  ['one organization', {}, undefined, 'acme'],
  ['one organization, with what Keycloak tells of it', { organization: { acme: { id: 'x' } } }, undefined, 'acme'],
  ['one organization, named', {}, 'acme', 'acme'],
  ['one organization, another named', {}, 'globex', noTenant],
  ['no organization', { organization: undefined }, undefined, noTenant],
  ['an empty list', { organization: [] }, undefined, noTenant],
  ['an empty map', { organization: {} }, undefined, noTenant],
  ['two, none named', { organization: ['acme', 'globex'] }, undefined, noTenant],
  ['two, the second named', { organization: ['acme', 'globex'] }, 'globex', 'globex'],
  ['two in a map, the first named', { organization: { acme: {}, globex: {} } }, 'acme', 'acme'],
  ['two, a third named', { organization: ['acme', 'globex'] }, 'initech', noTenant],
  ['two, all named', { organization: ['acme', 'globex'] }, '*', noTenant],
  ['a name of every object', { organization: { acme: {} } }, 'constructor', noTenant],
  ['the same as tenant', { tenant: 'acme' }, undefined, 'acme'],
  ['another tenant', { tenant: 'globex' }, undefined, noTenant],
  ['another tenant, named', { tenant: 'globex' }, 'globex', noTenant],
  ['one of two as tenant', { organization: ['acme', 'globex'], tenant: 'acme' }, 'acme', noTenant],
  ['no organization, but a tenant', { organization: [], tenant: 'acme' }, undefined, noTenant],
  ['all tenants', { organization: undefined, tenant: '*' }, 'acme', noTenant],
])('a person of %s', (_, changes, requested, expected) => {
  expect(outcome(() => acting(person, changes, requested).tenant)).toBe(expected)
})

test.each<[string, Changes, string | undefined, string]>([
  ['all tenants, for one', {}, 'globex', 'globex'],
  ['all tenants, for none', {}, undefined, noTenant],
  ['all tenants, for all', {}, '*', noTenant],
  ['all tenants, for a list', {}, 'acme, globex', noTenant],
  ['all tenants, for a name that would widen a subject', {}, 'acme.>', noTenant],
  ['all tenants, for an empty name', {}, '', noTenant],
  ['one tenant, for another', { tenant: 'acme' }, 'globex', noTenant],
  ['all tenants, without the role', { realm_access: { roles: ['admin'] } }, 'acme', noTenant],
])('a service account of %s', (_, changes, requested, expected) => {
  expect(outcome(() => acting(service, changes, requested).tenant)).toBe(expected)
})

test.each<[string, TokenClaims, Changes, string[], Actor['kind']]>([
  ['a partner', partner, {}, ['partner'], 'service'],
  [
    'a partner by the subject of RFC 9068',
    partner,
    { sub: 'shop', preferred_username: undefined },
    ['partner'],
    'service',
  ],
  ['a partner for events only', partner, { scope: 'events.read' }, [], 'service'],
  ['a partner without scopes', partner, { scope: undefined }, [], 'service'],
  ['a scope that only begins so', partner, { scope: 'customers.read.all' }, [], 'service'],
  ['a role of the name', partner, { scope: '', realm_access: { roles: ['partner'] } }, [], 'service'],
  ['a role of the name, for a person', person, { realm_access: { roles: ['partner', 'sales'] } }, ['sales'], 'person'],
  [
    'the account of a service, for a person',
    person,
    { realm_access: { roles: ['profiles_account', 'sales'] } },
    ['sales'],
    'person',
  ],
  [
    'the account of a service, for a partner',
    partner,
    { realm_access: { roles: ['profiles_account'] } },
    ['partner'],
    'service',
  ],
  ['the scope, for a person', person, { scope: 'customers.read' }, ['manager'], 'person'],
  ['a partner’s claims, for a person of an organization', partner, { organization: ['acme'] }, [], 'person'],
  ['the scope, for somebody who signed in', partner, { sid: 's' }, [], 'person'],
  ['the account of another client', partner, { preferred_username: 'service-account-other' }, [], 'person'],
  ['another client_id', partner, { client_id: 'other' }, [], 'person'],
  ['no client', partner, { azp: undefined }, [], 'person'],
  ['one of our services', service, { scope: 'customers.read', tenant: 'acme' }, ['service_account'], 'service'],
  [
    'the account of one of our services',
    service,
    { realm_access: { roles: ['service_account', 'surveys_account'] } },
    ['service_account', 'surveys_account'],
    'service',
  ],
  ['no roles', person, { realm_access: undefined }, [], 'person'],
  ['an empty realm access', person, { realm_access: {} }, [], 'person'],
])('roles and kind of %s', (_, token, changes, roles, kind) => {
  expect(acting(token, changes, 'acme')).toMatchObject({ roles, kind })
})

test.each<[string, string[] | undefined, string[]]>([
  ['groups below', ['/territories/emea/de', '/territories/apac/', '/x', '/territoriesx/y'], ['emea/de', 'apac']],
  ['the root itself', ['/territories', '/territories/emea'], ['', 'emea']],
  ['a Chinese name', ['/territories/apac/cn/华东'], ['apac/cn/华东']],
  ['nothing below the root', ['/territories/', '/territories//'], []],
  ['another case', ['/Territories/emea', 'territories/emea'], []],
  ['no groups', undefined, []],
])('territories from %s', (_, groups, expected) => {
  expect(acting(person, { groups }).territories).toEqual(expected)
})

test('scopes are those of the token, and the client gives the name', () => {
  expect(acting(partner)).toMatchObject({ scopes: ['customers.read', 'events.read'], name: 'shop', subject: 'p-1' })
  expect(acting(person, { scope: ' openid  profile ' }).scopes).toEqual(['openid', 'profile'])
  expect(acting(person).scopes).toEqual([])
  expect(acting(person, { azp: undefined, client_id: 'other' }).name).toBe('other')
})

test('no actor can be changed', () => {
  const actor = acting(partner)
  expect(() => Object.assign(actor, { tenant: 'other' })).toThrow(TypeError)
  for (const list of [actor.roles, actor.territories, actor.scopes]) {
    expect(() => (list as string[]).push('admin')).toThrow(TypeError)
  }
})
