import { clearanceOf } from '@clientele/kit'
import { anActor, testAccess } from '@clientele/testkit'
import { customerPolicy } from './customer/customer.policy.js'
import { deliveryPolicy } from './deliveries/delivery.policy.js'
import { externalRefPolicy } from './external-refs/external-ref.policy.js'
import { webhookEndpointPolicy } from './webhook-endpoints/webhook-endpoint.policy.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
  ['read links', externalRefPolicy.read, 'NTTNNN-N'],
  ['write links', externalRefPolicy.write, 'N-------'],
  ['read endpoints', webhookEndpointPolicy.read, 'N----N--'],
  ['write endpoints', webhookEndpointPolicy.write, 'N-------'],
  ['read deliveries', deliveryPolicy.read, 'N----N--'],
  ['send deliveries', deliveryPolicy.send, 'N-------'],
])

test.each([
  ['admin', 'SENSITIVE'],
  ['privacy_officer', 'SENSITIVE'],
  ['manager', 'PLAIN'],
  ['service_account', 'PLAIN'],
  ['partner', 'PLAIN'],
] as const)('%s would see of an endpoint what is %s', (role, sees) => {
  expect(clearanceOf(anActor([role]), webhookEndpointPolicy.table)).toBe(sees)
})
