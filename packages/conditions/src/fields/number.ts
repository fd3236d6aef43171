import type { NumberLimit } from '@clientele/contracts'
import type { Labels } from '../vocabulary.js'
import { integers, numeric } from './numbers.js'

interface NumberOptions<Subject> {
  labels: Labels
  /** Null where it is not known. */
  of(subject: Subject): number | null | undefined
  limit: NumberLimit
}

/** A whole number. */
export const number = <Subject>({ labels, of, limit }: NumberOptions<Subject>) =>
  numeric({ labels, numbers: integers(limit), of })
