import { list, text } from '../limit.js'

export const answers = {
  answers: list(1, 100),
  /** Chosen by one answer. */
  answerChoices: list(0, 50),
  answerText: text(4_000),
} as const
