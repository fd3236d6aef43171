import { line, list } from '../limit.js'

export const directory = {
  staffName: line(200),
  /** A tag of BCP 47, which has no bound of its own: RFC 5646 §4.4.1 asks for room for 35 characters. */
  language: line(35),
  /** The longest name of the IANA database has 32 characters. */
  timeZone: line(64),
  staffRoles: list(0, 50),
  staffTerritories: list(0, 50),
  staffSkills: list(0, 50),
  /** All working hours of a week. */
  workingHours: list(0, 50),
  /** Of one member of staff, past ones included. */
  absences: list(0, 100),
} as const
