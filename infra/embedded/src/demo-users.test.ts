import { demoClients, demoUsers } from './demo-users.js'
import { findPrincipal, principalNames } from './principal.js'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('names and subjects are unique over people and programs', () => {
  const names = principalNames()
  const subjects = [...demoUsers, ...demoClients].map((each) => each.subject)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(subjects).size).toBe(names.length)
  for (const subject of subjects) expect(subject).toMatch(uuid)
})

test('acme has one person per role, and sales people in different territories', () => {
  const acme = demoUsers.filter((user) => user.tenant === 'acme')
  for (const role of ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer']) {
    expect(acme.find((user) => user.name === role)?.roles).toEqual([role])
  }
  const territories = acme.filter((user) => user.roles.includes('sales')).map((user) => user.territories.join())
  expect(territories).toEqual(['emea', 'emea/de', 'apac/cn'])
})

test.each([
  ['sales', undefined, 'sales', 'acme'],
  ['sales-de', undefined, 'sales-de', 'acme'],
  ['manager', 'globex', 'globex-manager', 'globex'],
  ['sales', 'globex', 'globex-sales', 'globex'],
  ['globex-sales', undefined, 'globex-sales', 'globex'],
  ['service-account-profiles', undefined, 'service-account-profiles', '*'],
  ['profiles', 'acme', 'service-account-profiles', 'acme'],
  ['partner-acme', undefined, 'service-account-partner-acme', 'acme'],
])('%s at %s is %s of %s', (as, tenant, name, itsTenant) => {
  const { claims } = findPrincipal(as, tenant)
  expect([claims.preferred_username, claims.tenant]).toEqual([name, itsTenant])
})

test('somebody at a tenant without demo users has a subject of his own, always the same', () => {
  const moved = findPrincipal('admin', 'initech')
  expect(moved.claims.tenant).toBe('initech')
  expect(moved.subject).toMatch(uuid)
  expect(moved.subject).toBe(findPrincipal('admin', 'initech').subject)
  expect(demoUsers.map((user) => user.subject)).not.toContain(moved.subject)
  expect(findPrincipal('manager', 'initech').subject).not.toBe(moved.subject)
})

test('who is not known is told who is', () => {
  expect(() => findPrincipal('root')).toThrow(/nobody called "root".*admin.*service-account-profiles/)
})

test.each(['Acme', 'a b', '', 'x'.repeat(64), 'a/b'])('%j is no tenant', (tenant) => {
  expect(() => findPrincipal('sales', tenant)).toThrow('is not a tenant')
})

test('a person cannot speak for every tenant', () => {
  expect(() => findPrincipal('admin', '*')).toThrow('Only a service account')
})
