import { workflow } from '@clientele/kit'
import type { SurveyStatus } from './survey.entity.js'

/** From PUBLISHED to PUBLISHED is the next version. */
export const surveyWorkflow = workflow<`${SurveyStatus}`>('survey', {
  DRAFT: ['PUBLISHED'],
  PUBLISHED: ['PUBLISHED', 'CLOSED'],
  CLOSED: [],
})
