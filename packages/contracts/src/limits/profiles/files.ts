import { list } from '../limit.js'

export const files = {
  /** Of one customer, those included that are staged or were refused. */
  customerFiles: list(0, 100),
} as const
