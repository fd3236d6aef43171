import { line, list, number } from '../limit.js'

export const settings = {
  /** BCP 47 tags that a tenant uses. */
  languages: list(1, 20),
  brandName: line(200),
  /** Classes of customers with a cadence of their own. */
  visitCadences: list(0, 100),
  cadenceDays: number(1, 3_650),
  /** Severities whose deadlines change at once. */
  complaintDeadlines: list(0, 4),
  /** Working hours of a deadline. */
  deadlineHours: number(1, 10_000),
  /** Weeks of the default calendar that a deadline may take, holidays left out. */
  deadlineWeeks: number(1, 260),
  /** Days after which a rate is too old to convert by. */
  rateAgeDays: number(1, 400),
} as const
