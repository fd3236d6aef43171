import { line, list } from '../limit.js'

export const surveys = {
  surveyTitle: line(200),
  surveyVersions: list(0, 50),
  surveyQuestions: list(0, 100),
} as const
