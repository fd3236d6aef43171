import { line, list } from '../limit.js'

export const teams = {
  teamName: line(100),
  teamMembers: list(0, 200),
  /** All teams of one member of staff. */
  staffTeams: list(0, 20),
} as const
