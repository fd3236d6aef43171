import { list } from '../limit.js'
import { story } from '../values.js'

export const complaints = {
  complaintText: story,
  /** Changes of one complaint. */
  complaintSteps: list(1, 100),
  /** Of one complaint, those included that are staged or were refused. */
  complaintFiles: list(0, 50),
} as const
