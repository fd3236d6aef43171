import { clearanceOf } from '@clientele/kit'
import { anActor, testAccess } from '@clientele/testkit'
import { customerPolicy } from './customers/customer.policy.js'
import { importPolicy } from './imports/import.policy.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { searchPolicy } from './search/search.policy.js'
import { tagPolicy } from './tags/tag.policy.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
  ['write customers', customerPolicy.write, 'NTTN----'],
  ['archive customers', customerPolicy.archive, 'NT------'],
  ['read tags', tagPolicy.read, 'NNNNNNNN'],
  ['read purchases', purchasePolicy.read, 'NTTNNNN-'],
  ['record purchases', purchasePolicy.write, 'NTT-----'],
  ['search', searchPolicy.read, 'NTTN-NN-'],
  ['import customers', importPolicy.customers, 'NT------'],
  ['import purchases', importPolicy.purchases, 'NT------'],
])

test.each([customerPolicy, tagPolicy, purchasePolicy, searchPolicy, importPolicy])(
  'no role sees more by $concept than by a customer',
  ({ table }) => {
    for (const role of Object.keys(table.roles)) {
      expect([role, clearanceOf(anActor([role], []), table)]).toEqual([
        role,
        clearanceOf(anActor([role], []), customerPolicy.table),
      ])
    }
  },
)
