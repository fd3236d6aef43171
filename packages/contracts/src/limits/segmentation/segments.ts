import { line, list, text } from '../limit.js'

export const segments = {
  segmentName: line(200),
  segmentDescription: text(2_000),
  /** Customers that are chosen or taken out at once. */
  segmentMembers: list(1, 500),
  /** Segments of a tenant that are not archived: a customer may be in all of them. */
  activeSegments: list(0, 300),
  /** Comparisons in the rules of all those segments: each is evaluated whenever a customer's facts change. */
  activeConditions: list(0, 4_000),
} as const
