import { line, list, text } from '../limit.js'
import { story } from '../values.js'

export const visits = {
  visitPurpose: line(500),
  visitObjectives: list(0, 20),
  visitReschedules: list(0, 50),
  visitReason: text(500),
  visitNote: story,
  /** Of one visit, those included that are staged or were refused. */
  visitFiles: list(0, 20),
} as const
