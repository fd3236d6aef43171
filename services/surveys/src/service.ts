import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { customers } from './customer/customer.actions.js'
import { replicateCustomers } from './customer/customer.consumer.js'
import { customerPolicy } from './customer/customer.policy.js'
import { customerReads } from './customer/customer.read.js'
import { Customer, CustomerRefResolver } from './customer/customer.ref.js'
import { SurveyInvitation } from './invitations/invitation.entity.js'
import { expireInvitationsJob } from './invitations/invitation.job.js'
import { invitationPolicy } from './invitations/invitation.policy.js'
import { invitationReads } from './invitations/invitation.read.js'
import { InvitationResolver } from './invitations/invitation.resolver.js'
import { OpenSurveyResolver } from './invitations/open-survey.resolver.js'
import { zh } from './messages.zh.js'
import { reportPolicy } from './reports/report.policy.js'
import { ReportResolver } from './reports/report.resolver.js'
import { SurveyResponse } from './responses/response.entity.js'
import { responsePolicy } from './responses/response.policy.js'
import { responseReads } from './responses/response.read.js'
import { ResponseResolver } from './responses/response.resolver.js'
import { createdReads, createdResolvers } from './staff/created.js'
import { staff } from './staff/staff.actions.js'
import { replicateStaff } from './staff/staff.consumer.js'
import { staffPolicy } from './staff/staff.policy.js'
import { Staff } from './staff/staff.ref.js'
import { Survey } from './surveys/survey.entity.js'
import { surveyPolicy } from './surveys/survey.policy.js'
import { surveyReads } from './surveys/survey.read.js'
import { SurveyResolver } from './surveys/survey.resolver.js'
import { SurveyVersion } from './surveys/survey-version.entity.js'

/** Surveys, invitations, responses, and how satisfied customers are. */
export const surveys = defineService({
  name: 'surveys',
  migrations: new URL('../migrations/', import.meta.url),
  translations: { zh },
  entities: [Survey, SurveyVersion, SurveyInvitation, SurveyResponse],
  resolvers: [
    SurveyResolver,
    InvitationResolver,
    OpenSurveyResolver,
    ResponseResolver,
    ReportResolver,
    CustomerRefResolver,
    ...createdResolvers,
  ],
  orphanedTypes: [Customer],
  policies: [surveyPolicy, invitationPolicy, responsePolicy, reportPolicy, customerPolicy, staffPolicy],
  references: [Survey, SurveyInvitation, SurveyResponse],
  stubs: [
    { type: Customer, read: customerPolicy.read, ownership: customers.ownership },
    { type: Staff, read: staffPolicy.read, ownership: staff.ownership },
  ],
  queryCompiler: compiledReads(surveyReads, invitationReads, responseReads, customerReads, createdReads),
  consumers: [replicateCustomers, replicateStaff],
  jobs: [expireInvitationsJob],
  publicFields: ['surveyByToken', 'submitResponse'],
})
