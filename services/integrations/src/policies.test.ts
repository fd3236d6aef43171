import { customerReach } from '@clientele/contracts'
import { type Reach, type Role, type Rule, seesOf } from '@clientele/kit'
import { customerPolicy } from './customer/customer.policy.js'
import { deliveryPolicy } from './deliveries/delivery.policy.js'
import { externalRefPolicy } from './external-refs/external-ref.policy.js'
import { anActor, reachesBy } from './fixture/roles.js'
import { webhookEndpointPolicy } from './webhook-endpoints/webhook-endpoint.policy.js'

test.each<[string, Rule, Partial<Record<Role, Reach>>]>([
  ['read customers', customerPolicy.read, customerReach],
  ['read links', externalRefPolicy.read, customerReach],
  ['write links', externalRefPolicy.write, { admin: 'TENANT', service_account: 'TENANT' }],
  ['read endpoints', webhookEndpointPolicy.read, { admin: 'TENANT', privacy_officer: 'TENANT' }],
  ['write endpoints', webhookEndpointPolicy.write, { admin: 'TENANT' }],
  ['read deliveries', deliveryPolicy.read, { admin: 'TENANT', privacy_officer: 'TENANT' }],
  ['send deliveries', deliveryPolicy.send, { admin: 'TENANT' }],
])('who may %s, and how far', (_, rule, reaches) => {
  expect(reachesBy(rule)).toEqual(reaches)
})

test.each([
  ['admin', 'SENSITIVE'],
  ['privacy_officer', 'SENSITIVE'],
  ['manager', 'PLAIN'],
  ['service_account', 'PLAIN'],
  ['partner', 'PLAIN'],
] as const)('%s would see of an endpoint what is %s', (role, sees) => {
  expect(seesOf(anActor(role), webhookEndpointPolicy.table)).toBe(sees)
})
