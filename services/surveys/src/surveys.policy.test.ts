import { testAccess } from '@clientele/testkit'
import { customerPolicy } from './customer/customer.policy.js'
import { invitationPolicy } from './invitations/invitation.policy.js'
import { reportPolicy } from './reports/report.policy.js'
import { responsePolicy } from './responses/response.policy.js'
import { surveyPolicy } from './surveys/survey.policy.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read surveys', surveyPolicy.read, 'NNNNNNN-'],
  ['write surveys', surveyPolicy.write, 'NN--N---'],
  ['read invitations', invitationPolicy.read, 'NTTNNNN-'],
  ['write invitations', invitationPolicy.write, 'NTTNN---'],
  ['read responses', responsePolicy.read, 'NTTNNNN-'],
  ['record responses', responsePolicy.record, 'NTTN----'],
  ['read reports', reportPolicy.read, 'NTTNNNN-'],
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
])
