import type { Actor } from '@clientele/kit'
import { answerPolicy } from './answer.policy.js'

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
  ['analyst', false],
  ['privacy_officer', true],
  ['service_account', false],
  ['stranger', false],
])('%s', (role, may) => {
  expect(answerPolicy.readText(actor(role))).toBe(may)
})
