import { demoClients, demoUsers } from './demo-users.js'
import { findPrincipal, principalNames } from './principal.js'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('names and subjects are unique over people and programs', () => {
  const names = principalNames()
  const subjects = [...demoUsers, ...demoClients].map((each) => each.subject)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(subjects).size).toBe(subjects.length)
  for (const subject of subjects) expect(subject).toMatch(uuid)
})

test('acme has somebody for each role, and sales people in different territories', () => {
  const acme = demoUsers.filter((user) => user.tenant === 'acme')
  for (const role of ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer']) {
    expect(acme.find((user) => user.name === role)?.roles).toEqual([role])
  }
  const territories = acme.filter((user) => user.roles.includes('sales')).map((user) => user.territories.join())
  expect(territories).toEqual(['emea/de', 'emea/fr,emea/uk', 'apac/cn/华东'])
})

test.each([
  ['sales', undefined, 'sales', 'acme'],
  ['sales-fr', undefined, 'sales-fr', 'acme'],
  ['manager', 'globex', 'globex-manager', 'globex'],
  ['sales', 'globex', 'globex-sales', 'globex'],
  ['globex-sales', undefined, 'globex-sales', 'globex'],
  ['service-account-clientele-profiles', undefined, 'service-account-clientele-profiles', '*'],
  ['clientele-profiles', 'acme', 'service-account-clientele-profiles', 'acme'],
  ['partner-acme', undefined, 'service-account-partner-acme', 'acme'],
  ['partner', undefined, 'service-account-partner-acme', 'acme'],
  ['partner', 'globex', 'service-account-partner-globex', 'globex'],
  ['partner', 'initech', 'service-account-partner-initech', 'initech'],
])('%s at %s is %s of %s', (as, tenant, name, itsTenant) => {
  const { claims } = findPrincipal(as, tenant)
  expect([claims.preferred_username, claims.tenant ?? claims.organization?.join()]).toEqual([name, itsTenant])
  // A token says its tenant in one way only.
  expect('tenant' in claims).toBe(!('organization' in claims))
})

test('somebody at a tenant without demo users has a subject of their own, always the same', () => {
  const moved = findPrincipal('admin', 'initech')
  expect(moved.claims.organization).toEqual(['initech'])
  expect(moved.subject).toMatch(uuid)
  expect(moved.subject).toBe(findPrincipal('admin', 'initech').subject)
  expect(demoUsers.map((user) => user.subject)).not.toContain(moved.subject)
  expect(findPrincipal('manager', 'initech').subject).not.toBe(moved.subject)
})

test('who is not known is told who is', () => {
  expect(() => findPrincipal('root')).toThrow(
    /nobody called "root".*admin.*partner.*service-account-clientele-profiles/,
  )
})

test.each(['Acme', 'a b', '', 'x'.repeat(64), 'a/b'])('%j is no tenant', (tenant) => {
  expect(() => findPrincipal('sales', tenant)).toThrow('is not a tenant')
})

test.each(['admin', 'partner'])('%s cannot speak for every tenant', (as) => {
  expect(() => findPrincipal(as, '*')).toThrow('Only a service account')
})
