import type { NumberLimit } from '@clientele/contracts'
import type { Labels } from '../vocabulary.js'
import { integers, numeric } from './numbers.js'

export const millisecondsOfDay = 86_400_000

interface DaysSinceOptions<Subject> {
  labels: Labels
  /** The moment from which days count; null where it is not known or has not been. */
  of(subject: Subject): Date | null | undefined
  limit: NumberLimit
}

/** Whole days become more at the moment when a day is full: `gte 3` is true from three days on, `lte 3` until four. */
const changes = { eq: [0, 1], gt: [1], gte: [0], lt: [0], lte: [1] } as const

/** Whole days of 24 hours since a moment. Stored as an expression of type timestamptz. */
export const daysSince = <Subject>({ labels, of, limit }: DaysSinceOptions<Subject>) =>
  numeric({
    labels,
    numbers: integers(limit),
    of: (subject: Subject, _, now) => {
      const moment = of(subject)
      return moment && Math.floor((now - moment.getTime()) / millisecondsOfDay)
    },
    inSql: (sql, _, now) => ({
      sql: `floor(extract(epoch from (?::timestamptz - ${sql})) / 86400)`,
      params: [now.toISOString()],
    }),
    moments: (_, comparisons) => comparisons.flatMap(([sign, days]) => changes[sign].map((more) => days + more)),
  })
