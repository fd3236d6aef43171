import type { TextLimit } from '@clientele/contracts'
import { checkRequiredText } from '@clientele/kit'
import { checkStandard, type Standard } from '../add-unknown.js'
import type { Labels } from '../vocabulary.js'
import { decimals, numeric } from './numbers.js'

interface DecimalsByKeyOptions<Subject> {
  /** `{}` stands for the key. */
  labels: Labels
  /** What the member with the key is called, such as `currency`. */
  key: string
  keys: TextLimit
  /** The standard that lists the keys, where there is one. */
  standard?: Standard
  /** The decimal of a key, such as `-10.5`; undefined where there is none. */
  of(subject: Subject, key: string): string | undefined
}

/**
 * Decimals of which there is one for each key, such as totals by currency. Stored as an expression of type numeric, with the key as its
 * one parameter.
 */
export const decimalsByKey = <Subject>({ labels, key, keys, standard, of }: DecimalsByKeyOptions<Subject>) =>
  numeric({
    labels,
    numbers: decimals,
    given: {
      name: key,
      check: (issues, path, value) => {
        if (typeof value === 'string') checkRequiredText(issues, path, value, keys)
        else issues.add(path, 'text.required', 'a text')
        if (standard) checkStandard(issues, path, value, standard)
      },
      fromText: (text) => text,
    },
    of: (subject: Subject, own: string) => {
      const value = of(subject, own)
      return value === undefined ? undefined : decimals.toCompare(value)
    },
    inSql: (sql, own) => ({ sql, params: [own] }),
  })
