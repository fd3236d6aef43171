import { line, list } from '../limit.js'

export const contactPeople = {
  contactPersonName: line(200),
  contactPersonRole: line(100),
  contactPeople: list(0, 100),
  /** Of one contact person. */
  personContactPoints: list(0, 10),
} as const
