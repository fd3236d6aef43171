import type { JWTPayload } from 'jose'
import { actorOf, claimsOf } from './actor.js'

const payload: JWTPayload = { sub: 'u-1', tenant: 'acme', realm_access: { roles: ['manager'] } }
const service: JWTPayload = {
  sub: 's-1',
  tenant: '*',
  realm_access: { roles: ['service_account'] },
  azp: 'segmentation',
}
const read = (changes: JWTPayload, typ = 'JWT') => claimsOf({ ...payload, ...changes }, { alg: 'RS256', typ })

const outcome = (attempt: () => unknown) => {
  try {
    return attempt()
  } catch (error) {
    const { code, reason } = error as { code: string; reason: string }
    return `${code} ${reason}`
  }
}

test.each<[string, JWTPayload]>([
  ['no tenant', { tenant: undefined }],
  ['a tenant that is no slug', { tenant: 'Acme Inc.' }],
  ['a tenant that would widen a NATS subject', { tenant: 'acme.>' }],
  ['a list of tenants', { tenant: ['acme'] }],
  ['all tenants, for a person', { tenant: '*' }],
])('refuses %s', (_, changes) => {
  expect(outcome(() => read(changes))).toBe('UNAUTHENTICATED token.tenant')
})

test.each<[string, JWTPayload, string]>([
  ['an ID token by its claim', { typ: 'ID' }, 'JWT'],
  ['an ID token by its hash of an access token', { at_hash: 'x' }, 'JWT'],
  ['a refresh token', { typ: 'Refresh' }, 'JWT'],
  ['an offline token', { typ: 'Offline' }, 'JWT'],
  ['a DPoP token', { typ: 'DPoP' }, 'JWT'],
  ['a token bound to a key', { cnf: { jkt: 'x' } }, 'JWT'],
  ['no media type', {}, ''],
  ['a log-out token', {}, 'logout+jwt'],
])('refuses %s', (_, changes, typ) => {
  expect(outcome(() => read(changes, typ))).toBe('UNAUTHENTICATED token.type')
})

test.each<[string, JWTPayload, string]>([
  [
    'groups',
    { groups: ['/territories/emea/de', '/territories/apac/', '/territories', '/territories/', '/x'] },
    '["emea/de","apac"]',
  ],
  ['no groups', {}, '[]'],
  ['groups that are no list', { groups: '/territories/emea' }, '[]'],
  ['groups that are no texts', { groups: [1, null, '/territories/emea'] }, '["emea"]'],
])('territories from %s', (_, changes, expected) => {
  expect(JSON.stringify(read(changes).territories)).toBe(expected)
})

test.each<[string, JWTPayload, unknown]>([
  ['roles', {}, ['manager']],
  ['no realm access', { realm_access: undefined }, []],
  ['roles that are no list', { realm_access: { roles: 'admin' } }, []],
  ['roles that are no texts', { realm_access: { roles: [{}, 'sales'] } }, ['sales']],
])('reads %s', (_, changes, roles) => {
  expect(read(changes).roles).toEqual(roles)
})

test.each<[string, JWTPayload, string | undefined, string]>([
  ['a person without a wish', payload, undefined, 'acme'],
  ['a person for his own tenant', payload, 'acme', 'acme'],
  ['a person for another tenant', payload, 'other', 'UNAUTHENTICATED token.tenant'],
  ['a service account of all tenants for one', service, 'other', 'other'],
  ['a service account of all tenants for none', service, undefined, 'UNAUTHENTICATED token.tenant'],
  ['a service account of all tenants for all', service, '*', 'UNAUTHENTICATED token.tenant'],
  ['a service account of all tenants for nonsense', service, 'a, b', 'UNAUTHENTICATED token.tenant'],
  [
    'a service account of one tenant for another',
    { ...service, tenant: 'acme' },
    'other',
    'UNAUTHENTICATED token.tenant',
  ],
])('%s acts', (_, claims, requested, expected) => {
  expect(outcome(() => actorOf(claimsOf(claims, { alg: 'RS256', typ: 'JWT' }), requested).tenant)).toBe(expected)
})

test('a service account is named after its client, and no actor can be changed', () => {
  const actor = actorOf(claimsOf(service, { alg: 'RS256', typ: 'at+jwt' }), 'acme')
  expect(actor).toMatchObject({ kind: 'service', name: 'segmentation', subject: 's-1' })
  expect(() => Object.assign(actor, { tenant: 'other' })).toThrow(TypeError)
  expect(() => (actor.roles as string[]).push('admin')).toThrow(TypeError)
})
