import { allow, clearanceOf } from '@clientele/kit'
import { anActor, testAccess } from '@clientele/testkit'
import { agendaPolicy } from './agenda/agenda.policy.js'
import { calendarFeedPolicy } from './calendar-feeds/calendar-feed.policy.js'
import { complaintPolicy } from './complaints/complaint.policy.js'
import { complaintFilePolicy } from './complaints/complaint-file.policy.js'
import { contactPolicy } from './contacts/contact.policy.js'
import { contactFilePolicy } from './contacts/contact-file.policy.js'
import { customerPolicy } from './customer/customer.policy.js'
import { notificationPolicy } from './notifications/notification.policy.js'
import { taskPolicy } from './tasks/task.policy.js'
import { taskFilePolicy } from './tasks/task-file.policy.js'
import { timelinePolicy } from './timeline/timeline.policy.js'
import { visitPolicy } from './visits/visit.policy.js'
import { visitFilePolicy } from './visits/visit-file.policy.js'
import { workReassignmentPolicy } from './work-reassignments/work-reassignment.policy.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
  ['read visits', visitPolicy.read, 'NTTNNN--'],
  ['write visits', visitPolicy.write, 'NTT-----'],
  ['void visits', visitPolicy.void, 'NT------'],
  ['read complaints', complaintPolicy.read, 'NTTNNN--'],
  ['receive complaints', complaintPolicy.receive, 'NTTN----'],
  ['handle complaints', complaintPolicy.handle, 'NT-N----'],
  ['read contacts', contactPolicy.read, 'NTTNNN--'],
  ['write contacts', contactPolicy.write, 'NTTN----'],
  ['void contacts', contactPolicy.void, 'NT------'],
  ['read tasks', taskPolicy.read, 'NTTNNN--'],
  ['create tasks', taskPolicy.create, 'NTTN-N--'],
  ['write tasks', taskPolicy.write, 'NTTO-O--'],
  ['read notifications', notificationPolicy.read, 'OOOOOO--'],
  ['mark notifications', notificationPolicy.mark, 'OOOOOO--'],
  ['read agendas', agendaPolicy.read, 'NNNNNN--'],
  ['read calendar feeds', calendarFeedPolicy.read, 'NOOOOO--'],
  ['create calendar feeds', calendarFeedPolicy.create, 'NOOOOO--'],
  ['remove calendar feeds', calendarFeedPolicy.remove, 'NOOOOO--'],
  ['read reassignments of work', workReassignmentPolicy.read, 'NO------'],
  ['reassign work', workReassignmentPolicy.start, 'NN------'],
  ['read files of visits', visitFilePolicy.read, 'NTTNNN--'],
  ['write files of visits', visitFilePolicy.write, 'NTT-----'],
  ['write files of complaints', complaintFilePolicy.write, 'NTTN----'],
  ['write files of contacts', contactFilePolicy.write, 'NTTN----'],
  ['write files of tasks', taskFilePolicy.write, 'NTTO-O--'],
  ['read timelines', timelinePolicy.read, 'NTTNNN--'],
])

const sees = {
  admin: 'SENSITIVE',
  manager: 'SENSITIVE',
  sales: 'PERSONAL',
  service: 'PERSONAL',
  analyst: 'PLAIN',
  privacy_officer: 'SENSITIVE',
  service_account: 'PLAIN',
} as const

test.each([visitPolicy, complaintPolicy, contactPolicy, timelinePolicy, taskPolicy])(
  'which fields each role sees of a $concept',
  ({ table }) => {
    const roles = Object.keys(sees) as (keyof typeof sees)[]
    expect(Object.fromEntries(roles.map((role) => [role, clearanceOf(anActor([role]), table)]))).toEqual(sees)
  },
)

const reason = (work: () => void) => {
  try {
    work()
  } catch (error) {
    return (error as { reason?: string }).reason
  }
}

test.each([
  [visitPolicy.read, { ownerId: 's' }, undefined],
  [visitPolicy.read, { territory: 'emea/de/bayern' }, undefined],
  [visitPolicy.read, { territory: 'emea/dee' }, 'access_scope'],
  [visitPolicy.read, {}, 'access_scope'],
  [complaintPolicy.handle, { ownerId: 's' }, 'role'],
])('what sales may: %#', (rule, of, refused) => {
  expect(reason(() => allow(anActor(['sales']), rule, of))).toBe(refused)
})

test('who has several roles goes as far as the farthest of them', () => {
  expect(reason(() => allow(anActor(['sales', 'service']), complaintPolicy.handle, {}))).toBeUndefined()
  expect(reason(() => allow(anActor(['analyst', 'manager']), complaintPolicy.handle, {}))).toBe('access_scope')
})
