import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * An invitation belongs to whoever its customer belongs to: who has the customer in scope sees it, and whoever works with
 * customers may invite those. Who answers needs no role: they have the token.
 */
export const invitationPolicy = policy('SurveyInvitation', {
  word: 'invitation',
  ownership: { parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, write: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, write: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst, write: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
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
