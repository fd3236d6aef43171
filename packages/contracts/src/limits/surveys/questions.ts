import { list, number, text } from '../limit.js'

export const questions = {
  questionText: text(500),
  questionChoices: list(2, 50),
  nps: number(0, 10),
  csat: number(1, 5),
  ces: number(1, 7),
} as const
