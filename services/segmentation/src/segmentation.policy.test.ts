import { type Actor, type Rule, reachOf, roleNames } from '@clientele/kit'
import { customerPolicy } from './customer/customer.policy.js'
import { factsPolicy } from './facts/facts.policy.js'
import { membershipPolicy } from './memberships/membership.policy.js'
import { rfmPolicy } from './rfm/rfm.policy.js'
import { rulePolicy } from './rules/rule.policy.js'
import { segmentPolicy } from './segments/segment.policy.js'
import { segmentWorkflow } from './segments/segment.workflow.js'

const reach = { N: 'TENANT', T: 'TERRITORY', O: 'OWN', '-': undefined } as const
const actor = (role: string, territories: string[]): Actor => ({
  ...{ subject: 's', roles: [role], tenant: 'acme', territories, scopes: [], kind: 'person' },
})

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner: the teNant, Territory, Own, or nothing.
const expected: [string, Rule, string][] = [
  ['segment.read', segmentPolicy.read, 'NNNNNNN-'],
  ['segment.write', segmentPolicy.write, 'NN--N---'],
  ['membership.read', membershipPolicy.read, 'NTTNNNN-'],
  ['membership.choose', membershipPolicy.choose, 'NT--N---'],
  ['rule.try', rulePolicy.try, 'NTTNNNN-'],
  ['facts.read', factsPolicy.read, 'NTTNNNN-'],
  ['customer.read', customerPolicy.read, 'NTTNNNNN'],
  ['rfm.read', rfmPolicy.read, 'NNNNNNN-'],
  ['rfm.compute', rfmPolicy.compute, 'NN--N-N-'],
]
const rows = expected.flatMap(([name, rule, row]) =>
  roleNames.map((role, at) => [name, role, reach[row[at] as keyof typeof reach], rule] as const),
)

test.each(rows)('%s for %s: %s', (_name, role, far, rule) => {
  expect(reachOf(actor(role, ['emea']), rule)).toBe(far)
  expect(reachOf(actor(role, ['']), rule)).toBe(far === 'TERRITORY' ? 'TENANT' : far)
})

test.each(expected)('%s is for nobody without a role', (_name, rule) => {
  for (const stranger of ['', 'stranger', 'constructor', 'Admin']) {
    expect(reachOf(actor(stranger, ['']), rule)).toBeUndefined()
  }
})

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
