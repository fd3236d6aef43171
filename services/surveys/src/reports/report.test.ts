import type { Actor } from '@clientele/kit'
import { reportPolicy } from './report.policy.js'

const actor = (role: string): Actor => ({
  subject: 's',
  roles: [role],
  tenant: 'acme',
  territories: [],
  kind: 'person',
})

test.each([
  ['admin', true],
  ['manager', true],
  ['sales', true],
  ['service', true],
  ['analyst', true],
  ['privacy_officer', true],
  ['service_account', true],
  ['stranger', false],
])('%s', (role, may) => {
  expect(reportPolicy.read(actor(role))).toBe(may)
})
