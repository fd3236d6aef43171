import type { Labels } from '../vocabulary.js'
import { decimals, numeric } from './numbers.js'

interface DecimalOptions<Subject> {
  labels: Labels
  /** A decimal such as `-10.5`; null where it is not known. */
  of(subject: Subject): string | null | undefined
}

/** A decimal number, exact, such as a sum of money. Stored as an expression of type numeric. */
export const decimal = <Subject>({ labels, of }: DecimalOptions<Subject>) =>
  numeric({
    labels,
    numbers: decimals,
    of: (subject: Subject) => {
      const value = of(subject)
      return value == null ? undefined : decimals.toCompare(value)
    },
  })
