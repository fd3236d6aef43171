import { customerReach } from '@clientele/contracts'
import { allow, type Reach, type Role, type Rule, seesOf } from '@clientele/kit'
import { complaintPolicy } from './complaints/complaint.policy.js'
import { contactPolicy } from './contacts/contact.policy.js'
import { customerPolicy } from './customer/customer.policy.js'
import { anActor, reachesBy } from './fixture/roles.js'
import { timelinePolicy } from './timeline/timeline.policy.js'
import { visitPolicy } from './visits/visit.policy.js'

const { partner: _, ...reads } = customerReach
const visitors = { admin: 'TENANT', manager: 'TERRITORY', sales: 'TERRITORY' } as const
const handlers = { admin: 'TENANT', manager: 'TERRITORY', service: 'TENANT' } as const

test.each<[string, Rule, Partial<Record<Role, Reach>>]>([
  ['read customers', customerPolicy.read, customerReach],
  ['read visits', visitPolicy.read, reads],
  ['write visits', visitPolicy.write, visitors],
  ['read complaints', complaintPolicy.read, reads],
  ['receive complaints', complaintPolicy.receive, { ...visitors, ...handlers }],
  ['handle complaints', complaintPolicy.handle, handlers],
  ['read contacts', contactPolicy.read, reads],
  ['write contacts', contactPolicy.write, { ...visitors, ...handlers }],
  ['read timelines', timelinePolicy.read, reads],
])('who may %s, and how far', (_, rule, reaches) => {
  expect(reachesBy(rule)).toEqual(reaches)
})

const sees = {
  admin: 'SENSITIVE',
  manager: 'SENSITIVE',
  sales: 'PERSONAL',
  service: 'PERSONAL',
  analyst: 'PLAIN',
  privacy_officer: 'SENSITIVE',
  service_account: 'PERSONAL',
} as const

test.each([visitPolicy, complaintPolicy, contactPolicy, timelinePolicy])(
  'which fields each role sees of a $concept',
  ({ table }) => {
    const roles = Object.keys(sees) as (keyof typeof sees)[]
    expect(Object.fromEntries(roles.map((role) => [role, seesOf(anActor(role), table)]))).toEqual(sees)
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
  [visitPolicy.read, { territory: 'emea/dee' }, 'reach'],
  [visitPolicy.read, {}, 'reach'],
  [complaintPolicy.handle, { ownerId: 's' }, 'role'],
])('what sales may: %#', (rule, of, refused) => {
  expect(reason(() => allow(anActor('sales'), rule, of))).toBe(refused)
})

test('who has several roles goes as far as the farthest of them', () => {
  expect(reason(() => allow(anActor('sales', 'service'), complaintPolicy.handle, {}))).toBeUndefined()
  expect(reason(() => allow(anActor('analyst', 'manager'), complaintPolicy.handle, {}))).toBe('reach')
})
