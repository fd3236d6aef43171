import { list } from '../limit.js'

export const bulkChanges = {
  /** Customers of a bulk change that are named by their ids: what one request may hold. */
  bulkIds: list(1, 1_000),
  /** What a bulk change does to a customer's tags. */
  bulkTags: list(1, 50),
  /** Fields of a customer that one may change. */
  bulkFields: list(0, 7),
  /** Customers that a preview shows. */
  bulkExamples: list(0, 20),
  /** Bulk changes of a tenant that run at a time. */
  runningBulkChanges: list(0, 20),
} as const
