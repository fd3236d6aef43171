import { type Actor, type Rule, reachOf, seesOf } from '@clientele/kit'
import { customerPolicy } from './customers/customer.policy.js'
import { importPolicy } from './imports/import.policy.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { searchPolicy } from './search/search.policy.js'
import { tagPolicy } from './tags/tag.policy.js'

const roles = [
  'admin',
  'manager',
  'sales',
  'service',
  'analyst',
  'privacy_officer',
  'service_account',
  'partner',
  'stranger',
]
const actorOf = (role: string, territories: string[]): Actor => ({
  subject: 'anna',
  roles: [role],
  tenant: 'acme',
  territories,
  scopes: [],
  kind: 'person',
})
const matrix: [string, Rule, string][] = [
  //                                          admin  manager   sales     service analyst privacy service partner stranger
  ['read a customer', customerPolicy.read, 'TENANT TERRITORY TERRITORY TENANT TENANT TENANT TENANT TENANT -'],
  ['write a customer', customerPolicy.write, 'TENANT TERRITORY TERRITORY TENANT - - - - -'],
  ['archive a customer', customerPolicy.archive, 'TENANT TERRITORY - - - - - - -'],
  ['read tags', tagPolicy.read, 'TENANT TENANT TENANT TENANT TENANT TENANT TENANT TENANT -'],
  ['read purchases', purchasePolicy.read, 'TENANT TERRITORY TERRITORY TENANT TENANT TENANT TENANT - -'],
  ['record a purchase', purchasePolicy.write, 'TENANT TERRITORY TERRITORY - - - - - -'],
  ['search', searchPolicy.read, 'TENANT TERRITORY TERRITORY TENANT - TENANT TENANT - -'],
  ['import customers', importPolicy.customers, 'TENANT TERRITORY - - - - - - -'],
  ['import purchases', importPolicy.purchases, 'TENANT TERRITORY - - - - - - -'],
]

test.each(matrix)('%s', (_, rule, expected) => {
  const limited = roles.map((role) => reachOf(actorOf(role, ['emea']), rule) ?? '-')
  expect(limited.join(' ')).toBe(expected)
  const everywhere = roles.map((role) => reachOf(actorOf(role, ['']), rule) ?? '-')
  expect(everywhere.join(' ')).toBe(expected.replaceAll('TERRITORY', 'TENANT'))
})

test.each([customerPolicy, tagPolicy, purchasePolicy, searchPolicy, importPolicy])(
  'no role sees more by $concept than by a customer',
  ({ table }) => {
    for (const role of Object.keys(table.roles)) {
      expect([role, seesOf(actorOf(role, []), table)]).toEqual([role, seesOf(actorOf(role, []), customerPolicy.table)])
    }
  },
)
