import type { Actor } from '@clientele/kit'
import { customerPolicy } from './customer.policy.js'

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
  expect(customerPolicy.read(actor(role))).toBe(may)
})
