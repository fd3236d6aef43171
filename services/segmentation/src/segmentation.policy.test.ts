import { testAccess } from '@clientele/testkit'
import { customerPolicy } from './customer/customer.policy.js'
import { factsPolicy } from './facts/facts.policy.js'
import { membershipPolicy } from './memberships/membership.policy.js'
import { rfmPolicy } from './rfm/rfm.policy.js'
import { rulePolicy } from './rules/rule.policy.js'
import { segmentPolicy } from './segments/segment.policy.js'
import { segmentWorkflow } from './segments/segment.workflow.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read segments', segmentPolicy.read, 'NNNNNN--'],
  ['write segments', segmentPolicy.write, 'NN--N---'],
  ['read memberships', membershipPolicy.read, 'NTTNNN--'],
  ['choose members', membershipPolicy.choose, 'NT--N---'],
  ['try rules', rulePolicy.try, 'NTTNNN--'],
  ['read facts', factsPolicy.read, 'NTTNNN--'],
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
  ['read RFM scores', rfmPolicy.read, 'NNNNNN--'],
  ['compute RFM scores', rfmPolicy.compute, 'NN--N-N-'],
])

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
