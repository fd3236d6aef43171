import { list } from '../limit.js'
import { story } from '../values.js'

export const complaints = {
  complaintText: story,
  /** Changes of one complaint. */
  complaintSteps: list(1, 100),
} as const
