import { clearanceOf } from '@clientele/kit'
import { anActor, testAccess } from '@clientele/testkit'
import { calendarPolicy } from './calendars/calendar.policy.js'
import { customerPolicy } from './customers/customer.policy.js'
import { staffPolicy } from './directory/staff.policy.js'
import { customerFilePolicy } from './files/customer-file.policy.js'
import { importPolicy } from './imports/import.policy.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { ratePolicy } from './rates/rate.policy.js'
import { searchPolicy } from './search/search.policy.js'
import { settingsPolicy } from './settings/settings.policy.js'
import { tagPolicy } from './tags/tag.policy.js'
import { teamPolicy } from './teams/team.policy.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
  ['write customers', customerPolicy.write, 'NTTN----'],
  ['archive customers', customerPolicy.archive, 'NT------'],
  ['read tags', tagPolicy.read, 'NNNNNNNN'],
  ['manage tags', tagPolicy.manage, 'NN------'],
  ['merge tags', tagPolicy.merge, 'N-------'],
  ['read purchases', purchasePolicy.read, 'NTTNNN--'],
  ['record purchases', purchasePolicy.write, 'NTT-----'],
  ['read files', customerFilePolicy.read, 'NTTNNN--'],
  ['attach files', customerFilePolicy.write, 'NTTN----'],
  ['search', searchPolicy.read, 'NTTN-N--'],
  ['read staff', staffPolicy.read, 'NNNNNNN-'],
  ['change staff', staffPolicy.write, 'N-------'],
  ['arrange absences and substitutes', staffPolicy.arrange, 'NTOOOO--'],
  ['read teams', teamPolicy.read, 'NNNNNNN-'],
  ['set up teams', teamPolicy.write, 'N-------'],
  ['import customers', importPolicy.customers, 'NTT-----'],
  ['import purchases', importPolicy.purchases, 'NT------'],
  ['read settings', settingsPolicy.read, 'NNNNNNN-'],
  ['change settings', settingsPolicy.change, 'N-------'],
  ['read calendars', calendarPolicy.read, 'NNNNNNN-'],
  ['change calendars', calendarPolicy.change, 'N-------'],
  ['read exchange rates', ratePolicy.read, 'NNNNNNN-'],
  ['record exchange rates', ratePolicy.record, 'N-------'],
])

test.each([
  customerPolicy,
  tagPolicy,
  purchasePolicy,
  customerFilePolicy,
  searchPolicy,
  importPolicy,
  settingsPolicy,
  calendarPolicy,
])('no role sees more by $concept than by a customer', ({ table }) => {
  for (const role of Object.keys(table.roles)) {
    expect([role, clearanceOf(anActor([role], []), table)]).toEqual([
      role,
      clearanceOf(anActor([role], []), customerPolicy.table),
    ])
  }
})
