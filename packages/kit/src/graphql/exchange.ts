import { minorDigits } from './currencies.js'
import { decimalUnit, divideRounded, formatDecimal, parseDecimal, roundToMinor, wholeDigits } from './decimal.js'

/** Digits that a rate has after the point. */
export const rateDecimals = 12
const rateUnit = 10n ** BigInt(rateDecimals)

/** On this day, one unit of `base` was worth `rate` units of `quote`. */
export interface Rate {
  base: string
  quote: string
  /** `YYYY-MM-DD` */
  day: string
  /** Plain decimal above 0, with at most 12 digits after the point. */
  rate: string
}

/** How many units of the target one unit of a currency is worth: exact, as a fraction, with the oldest day of the rates in it. */
export interface Factor {
  numerator: bigint
  denominator: bigint
  day: string | null
}

export interface Amount {
  amount: string
  currency: string
}

/** A sum in one currency, and what could not be converted to it. */
export interface ConvertedSum {
  total: Amount
  /** Oldest day of the rates that were used; null where nothing had to be converted. */
  asOf: string | null
  unconverted: Amount[]
}

export interface Conversion {
  /** The currency to convert to. */
  currency: string
  /** The currency over which two others are converted that have no rate to each other. */
  pivot: string
  /** The wanted day: later rates do not count, nor those that are older by more than `maxAgeDays`. */
  day: string
  maxAgeDays: number
}

const one: Factor = { numerator: 1n, denominator: 1n, day: null }

// A sum has no more than a thousand currencies.
const longestPart = 10n ** BigInt(wholeDigits.sum - 3)

/**
 * What currencies are worth in another one on a day, by the latest rates that are not after it: directly, the other way round, or over the
 * pivot. `rates` may hold several days of a pair. Answers undefined for a currency that has no such rate.
 */
export const factorsTo = (
  rates: readonly Rate[],
  { currency, pivot, day, maxAgeDays }: Conversion,
): ((from: string) => Factor | undefined) => {
  const oldest = new Date(Date.parse(day) - maxAgeDays * 86_400_000).toISOString().slice(0, 10)
  const latest = new Map<string, Rate>()
  for (const rate of rates) {
    if (rate.day > day || rate.day < oldest) continue
    const pair = `${rate.base}/${rate.quote}`
    if ((latest.get(pair)?.day ?? '') < rate.day) latest.set(pair, rate)
  }
  /** The later of both directions; of the same day, the rate as it was quoted. */
  const leg = (from: string, to: string): Factor | undefined => {
    if (from === to) return one
    const [direct, inverse] = [latest.get(`${from}/${to}`), latest.get(`${to}/${from}`)]
    if (direct && (!inverse || inverse.day <= direct.day)) {
      return { numerator: parseRate(direct.rate), denominator: rateUnit, day: direct.day }
    }
    return inverse && { numerator: rateUnit, denominator: parseRate(inverse.rate), day: inverse.day }
  }
  return (from) => {
    const direct = leg(from, currency)
    if (direct) return direct
    const [there, back] = [leg(from, pivot), leg(pivot, currency)]
    return (
      there &&
      back && {
        numerator: there.numerator * back.numerator,
        denominator: there.denominator * back.denominator,
        day: older(there.day, back.day),
      }
    )
  }
}

/**
 * Sums of several currencies as one in `currency`: exact, rounded half away from zero to its minor unit once, at the end. What has no factor,
 * or would be too long for a sum, is left out and named.
 */
export const convertSum = (
  amounts: readonly Amount[],
  currency: string,
  factorOf: (from: string) => Factor | undefined,
): ConvertedSum => {
  let [numerator, denominator] = [0n, 1n]
  let asOf: string | null = null
  const unconverted: Amount[] = []
  for (const each of amounts) {
    const factor = each.currency === currency ? one : factorOf(each.currency)
    const worth = factor && parseDecimal(each.amount) * factor.numerator
    if (!factor || worth === undefined || isTooLong(worth, factor)) {
      unconverted.push({ ...each, amount: roundToMinor(each.amount, each.currency) })
      continue
    }
    asOf = older(asOf, factor.day)
    numerator = numerator * factor.denominator + worth * denominator
    denominator *= factor.denominator
  }
  const digits = minorDigits(currency)
  const rounded = divideRounded(numerator * 10n ** BigInt(digits), denominator * decimalUnit)
  return { total: { amount: formatDecimal(rounded, digits), currency }, asOf, unconverted }
}

const isTooLong = (worth: bigint, { denominator }: Factor) =>
  (worth < 0n ? -worth : worth) >= longestPart * decimalUnit * denominator

const older = (a: string | null, b: string | null) => (a && b ? (a < b ? a : b) : (a ?? b))

const parseRate = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole) * rateUnit + BigInt(fraction.slice(0, rateDecimals).padEnd(rateDecimals, '0'))
}
