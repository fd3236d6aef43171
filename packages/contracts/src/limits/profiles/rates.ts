import { from, list } from '../limit.js'

export const rates = {
  /** Rates that are recorded at once. */
  exchangeRates: list(1, 500),
  /** Pairs of currencies that a tenant has rates of. */
  ratePairs: list(0, 400),
  rateDay: from('1900-01-01'),
} as const
