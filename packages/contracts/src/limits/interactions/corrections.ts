import { list, text } from '../limit.js'

export const corrections = {
  /** Corrections of one entry. */
  corrections: list(0, 50),
  /** Why something is corrected, or declared void. */
  correctionReason: text(1_000),
} as const
