import { type Actor, type Rule, reachOf, roleNames } from '@clientele/kit'
import { customerPolicy } from './customer/customer.policy.js'
import { invitationPolicy } from './invitations/invitation.policy.js'
import { reportPolicy } from './reports/report.policy.js'
import { responsePolicy } from './responses/response.policy.js'
import { surveyPolicy } from './surveys/survey.policy.js'

const reach = { N: 'TENANT', T: 'TERRITORY', O: 'OWN', '-': undefined } as const
const actor = (role: string, territories: string[]): Actor => ({
  ...{ subject: 's', roles: [role], tenant: 'acme', territories, scopes: [], kind: 'person' },
})

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner: the teNant, Territory, Own, or nothing.
const expected: [string, Rule, string][] = [
  ['survey.read', surveyPolicy.read, 'NNNNNNN-'],
  ['survey.write', surveyPolicy.write, 'NN--N---'],
  ['invitation.read', invitationPolicy.read, 'NTTNNNN-'],
  ['invitation.write', invitationPolicy.write, 'NTTNN---'],
  ['response.read', responsePolicy.read, 'NTTNNNN-'],
  ['response.record', responsePolicy.record, 'NTTN----'],
  ['report.read', reportPolicy.read, 'NTTNNNN-'],
  ['customer.read', customerPolicy.read, 'NTTNNNNN'],
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
