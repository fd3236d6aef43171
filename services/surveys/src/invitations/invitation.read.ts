import { byId, connection, reads, relation } from '@clientele/query-compiler'
import { contextRead } from './context.read.js'

export const invitationReads = [
  reads('SurveyInvitation', { survey: relation('Survey', 'surveyId'), context: contextRead }),
  reads('Query', {
    surveyInvitation: byId('SurveyInvitation'),
    surveyInvitations: connection('SurveyInvitation', { orderBy: [['createdAt', 'asc']] }),
  }),
]
