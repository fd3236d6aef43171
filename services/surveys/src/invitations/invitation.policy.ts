import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * An invitation belongs to whoever its customer belongs to: who reaches the customer sees it, and whoever works with
 * customers may invite those. Who answers needs no role: they have the token.
 */
export const invitationPolicy = policy('SurveyInvitation', {
  belongs: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin, write: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: customerReach.manager, write: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: customerReach.sales, write: 'TERRITORY' },
    service: { sees: 'PERSONAL', read: customerReach.service, write: 'TENANT' },
    analyst: { sees: 'PLAIN', read: customerReach.analyst, write: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
  },
  opens: {
    read: ['surveyInvitation', 'surveyInvitations'],
    write: ['inviteToSurvey', 'revokeInvitation'],
  },
  fields: {
    SurveyInvitation: {
      PLAIN: ['surveyId', 'surveyVersion', 'customerId', 'channel', 'status', 'expiresAt', 'survey', 'context'],
    },
    SurveyContext: { PLAIN: ['kind', 'id'] },
    IssuedSurveyInvitation: { PLAIN: ['invitation', 'token'] },
    OpenSurvey: { PLAIN: ['state', 'title', 'questions', 'expiresAt'] },
  },
})
