import { line, list } from '../limit.js'
import { story } from '../values.js'

export const contacts = {
  contactSubject: line(500),
  contactBody: story,
  /** Of one contact, those included that are staged or were refused. */
  contactFiles: list(0, 20),
} as const
