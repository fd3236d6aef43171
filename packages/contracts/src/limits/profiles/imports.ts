import { list } from '../limit.js'

export const imports = {
  importRows: list(1, 200),
  /** What is told of one row, of each kind. */
  rowIssues: list(0, 20),
} as const
