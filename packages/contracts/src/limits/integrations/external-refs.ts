import { list } from '../limit.js'

export const externalRefs = {
  externalRefs: list(0, 100),
} as const
