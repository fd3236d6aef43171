import { line, list } from '../limit.js'

export const contactPoints = {
  contactPointValue: line(254),
  contactPoints: list(0, 50),
} as const
