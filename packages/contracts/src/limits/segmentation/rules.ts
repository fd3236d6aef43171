import { line, list, number } from '../limit.js'

export const rules = {
  ruleList: list(1, 100),
  ruleText: line(255),
  ruleDays: number(0, 36_500),
  ruleRecentDays: number(1, 3_650),
  ruleCount: number(0, 1_000_000_000),
  /** One of the three scores of RFM. */
  quintile: number(1, 5),
  ruleRfmSum: number(3, 15),
} as const
