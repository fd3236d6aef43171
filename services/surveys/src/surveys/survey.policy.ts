import { policy } from '@clientele/kit'

/** Surveys are nobody's in particular: all staff see them; who shapes campaigns and reports writes them. */
export const surveyPolicy = policy('Survey', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT', write: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  },
  opens: {
    read: ['survey', 'surveys'],
    write: ['createSurvey', 'updateSurvey', 'publishSurvey', 'closeSurvey'],
  },
  fields: {
    Survey: { PLAIN: ['key', 'title', 'status', 'currentVersion', 'draft', 'versions', 'current'] },
    SurveyVersion: { PLAIN: ['number', 'title', 'questions', 'publishedAt', 'publishedBy'] },
    SurveyQuestion: { PLAIN: ['key', 'kind', 'text', 'required', 'choices', 'aspect'] },
    SurveyChoice: { PLAIN: ['key', 'label'] },
    SurveyText: { PLAIN: ['zh', 'en'] },
  },
  inputs: { SurveyQuestionInput: 'SurveyQuestion' },
})
