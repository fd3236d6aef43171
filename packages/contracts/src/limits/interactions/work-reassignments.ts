import { list } from '../limit.js'

export const workReassignments = {
  /** Tasks, visits and complaints. */
  workKinds: list(1, 3),
} as const
