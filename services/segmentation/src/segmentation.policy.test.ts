import type { Actor, Policy } from '@clientele/kit'
import { customerPolicy } from './customer/customer.policy.js'
import { factsPolicy } from './facts/facts.policy.js'
import { membershipPolicy } from './memberships/membership.policy.js'
import { rfmPolicy } from './rfm/rfm.policy.js'
import { rulePolicy } from './rules/rule.policy.js'
import { segmentPolicy } from './segments/segment.policy.js'
import { segmentWorkflow } from './segments/segment.workflow.js'

const roles = ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account', 'partner']
const staff = roles.slice(0, -1)
const actor = (role: string): Actor => ({
  subject: 's',
  roles: [role],
  tenant: 'acme',
  territories: [],
  kind: 'person',
})

const expected: [string, Policy, string[]][] = [
  ['segment.read', segmentPolicy.read, staff],
  ['segment.write', segmentPolicy.write, ['admin', 'manager', 'analyst']],
  ['membership.read', membershipPolicy.read, staff],
  ['rule.try', rulePolicy.try, staff],
  ['facts.read', factsPolicy.read, staff],
  ['customer.read', customerPolicy.read, staff],
  ['rfm.read', rfmPolicy.read, staff],
  ['rfm.compute', rfmPolicy.compute, ['admin', 'manager', 'analyst', 'service_account']],
]

test.each(expected.flatMap(([name, policy, allowed]) => roles.map((role) => [name, role, policy, allowed] as const)))(
  '%s for %s',
  (_, role, policy, allowed) => expect(policy(actor(role))).toBe(allowed.includes(role)),
)

test.each([
  ['ACTIVE', 'ARCHIVED', true],
  ['ACTIVE', 'ACTIVE', false],
  ['ARCHIVED', 'ACTIVE', false],
  ['ARCHIVED', 'ARCHIVED', false],
] as const)('a segment from %s to %s: %s', (from, to, legal) => {
  const segment = { status: from as 'ACTIVE' | 'ARCHIVED' }
  if (legal) segmentWorkflow.move(segment, to)
  else
    expect(() => segmentWorkflow.move(segment, to)).toThrow(
      expect.objectContaining({ reason: 'segment.illegal_transition' }),
    )
  expect(segment.status).toBe(legal ? to : from)
})
