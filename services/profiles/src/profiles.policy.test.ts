import type { Actor } from '@clientele/kit'
import { customerPolicy } from './customers/customer.policy.js'
import { importPolicy } from './imports/import.policy.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { searchPolicy } from './search/search.policy.js'
import { tagPolicy } from './tags/tag.policy.js'

const roles = ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account', 'stranger']
const everybody = roles.slice(0, -1)
const desk = ['admin', 'manager', 'sales', 'service']
const heads = ['admin', 'manager']

test.each([
  ['read a customer', customerPolicy.read, everybody],
  ['create a customer', customerPolicy.create, desk],
  ['update a customer', customerPolicy.update, desk],
  ['archive a customer', customerPolicy.archive, heads],
  ['read tags', tagPolicy.read, everybody],
  ['assign tags', tagPolicy.assign, desk],
  ['read purchases', purchasePolicy.read, everybody],
  ['record a purchase', purchasePolicy.record, ['admin', 'manager', 'sales']],
  ['search', searchPolicy.search, everybody],
  ['import customers', importPolicy.customers, heads],
  ['import purchases', importPolicy.purchases, heads],
])('%s', (_, policy, allowed) => {
  const actor = (role: string): Actor => ({ subject: 's', roles: [role], tenant: 't', territories: [], kind: 'person' })
  expect(roles.filter((role) => policy(actor(role)))).toEqual(allowed)
})
