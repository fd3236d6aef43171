import { fileLimits } from './files/file-limits.js'
import type { RowFault } from './mapping/template.js'

/** The rows of one purchase are more than can be held together. */
export const tooManyRows = (column: string): RowFault => ({
  column,
  reason: 'purchase.too_many_rows',
  message: `belongs to a purchase of more than ${fileLimits.purchaseRows} rows, which is the limit`,
})
