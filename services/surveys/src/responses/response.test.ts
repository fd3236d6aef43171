import type { Actor } from '@clientele/kit'
import { responsePolicy } from './response.policy.js'

const actor = (role: string): Actor => ({
  subject: 's',
  roles: [role],
  tenant: 'acme',
  territories: [],
  kind: 'person',
})

test.each([
  ['admin', true, true],
  ['manager', true, true],
  ['sales', true, true],
  ['service', true, true],
  ['analyst', true, false],
  ['privacy_officer', true, false],
  ['service_account', true, false],
  ['stranger', false, false],
])('%s', (role, read, record) => {
  expect([responsePolicy.read(actor(role)), responsePolicy.record(actor(role))]).toEqual([read, record])
})
