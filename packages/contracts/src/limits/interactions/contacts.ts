import { line } from '../limit.js'
import { story } from '../values.js'

export const contacts = {
  contactSubject: line(500),
  contactBody: story,
} as const
