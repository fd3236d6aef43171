import { list } from '../limit.js'

export const breakdowns = {
  breakdownDimensions: list(1, 2),
  breakdownGroups: list(0, 1_000),
} as const
