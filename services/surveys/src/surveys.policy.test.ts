import { testAccess } from '@clientele/testkit'
import { customerPolicy } from './customer/customer.policy.js'
import { invitationPolicy } from './invitations/invitation.policy.js'
import { reportPolicy } from './reports/report.policy.js'
import { responsePolicy } from './responses/response.policy.js'
import { surveyPolicy } from './surveys/survey.policy.js'

// admin, manager, sales, service, analyst, privacy_officer, service_account, partner
testAccess([
  ['read surveys', surveyPolicy.read, 'NNNNNN--'],
  ['write surveys', surveyPolicy.write, 'NN--N---'],
  ['read invitations', invitationPolicy.read, 'NTTNNN--'],
  ['write invitations', invitationPolicy.write, 'NTTNN---'],
  ['read responses', responsePolicy.read, 'NTTNNN--'],
  ['record responses', responsePolicy.record, 'NTTN----'],
  ['read reports', reportPolicy.read, 'NTTNNN--'],
  ['read customers', customerPolicy.read, 'NTTNNNNN'],
])
