import { minorDigits } from './currencies.js'

/** Digits before the point: of an amount that is given, which fits numeric(19,4), of a sum that we compute, which fits numeric(38,4), and of a factor, numeric(22,12). */
export const wholeDigits = { given: 15, sum: 34, factor: 10 } as const

/** Exact decimals: whole numbers of ten-thousandths, the four decimals that amounts and sums have. */
const scale = 4
export const decimalUnit = 10n ** BigInt(scale)

/** Ten-thousandths of a plain decimal text with at most 4 decimals: `12.5` → 125000n. */
export const parseDecimal = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const value = BigInt(whole) * decimalUnit + BigInt(fraction.padEnd(scale, '0'))
  return text.startsWith('-') ? -value : value
}

/** Plain decimal text with as many decimals as given: 125000n → `12.5000`. */
export const formatDecimal = (value: bigint, decimals = scale): string => {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0')
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits
  return value < 0n ? `-${text}` : text
}

/** Integer division that rounds half away from zero. */
export const divideRounded = (value: bigint, by: bigint): bigint => {
  const half = value < 0n ? -by / 2n : by / 2n
  return (value + half) / by
}

/** The amount rounded half away from zero to the currency's minor unit: `1265793.0395` EUR → `1265793.04`. */
export const roundToMinor = (amount: string, currency: string): string => {
  const digits = minorDigits(currency)
  return formatDecimal(divideRounded(parseDecimal(amount), 10n ** BigInt(scale - digits)), digits)
}
