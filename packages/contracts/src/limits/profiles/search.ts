import { number } from '../limit.js'

export const search = {
  /** Characters that are searched for. */
  searchText: number(2, 100),
} as const
