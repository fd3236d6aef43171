import type { NumberLimit } from '@clientele/contracts'
import { checkNumber } from '@clientele/kit'
import type { Labels } from '../vocabulary.js'
import { millisecondsOfDay } from './days-since.js'
import { integers, numeric } from './numbers.js'

interface CountInDaysOptions<Subject> {
  /** `{}` stands for the days. */
  labels: Labels
  /** When each of what is counted happened. */
  of(subject: Subject): readonly Date[]
  limit: NumberLimit
  days: NumberLimit
}

/**
 * A count of what happened within a window of `days` that ends now. Stored as an expression for how many happened since its one
 * parameter, a timestamptz.
 */
export const countInDays = <Subject>({ labels, of, limit, days: window }: CountInDaysOptions<Subject>) =>
  numeric({
    labels,
    numbers: integers(limit),
    given: {
      name: 'days',
      check: (issues, path, days) => {
        if (Number.isInteger(days)) checkNumber(issues, path, days as number, window)
        else issues.add(path, 'number.malformed', 'a whole number of days')
      },
      fromText: (text) => (text && /^\d+$/.test(text) ? Number(text) : Number.NaN),
    },
    of: (subject: Subject, days: number, now) => {
      const since = now - days * millisecondsOfDay
      return of(subject).reduce((count, moment) => (moment.getTime() >= since ? count + 1 : count), 0)
    },
    inSql: (sql, days, now) => ({ sql, params: [new Date(now.getTime() - days * millisecondsOfDay).toISOString()] }),
    moments: (days) => [days],
  })
