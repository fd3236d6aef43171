import { minorDigits } from '@clientele/kit'

/** Exact decimals: whole numbers of ten-thousandths, as numeric(19,4) stores them. */
const scale = 4
const unit = 10n ** BigInt(scale)

/** Ten-thousandths of a plain decimal text with at most 4 decimals: `12.5` → 125000n. */
export const parseDecimal = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const value = BigInt(whole) * unit + BigInt(fraction.padEnd(scale, '0'))
  return text.startsWith('-') ? -value : value
}

/** Plain decimal text with as many decimals as given: 125000n → `12.5000`. */
export const formatDecimal = (value: bigint, decimals = scale): string => {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0')
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits
  return value < 0n ? `-${text}` : text
}

/** Integer division that rounds half away from zero. */
const divideRounded = (value: bigint, by: bigint): bigint => {
  const half = value < 0n ? -by / 2n : by / 2n
  return (value + half) / by
}

/** quantity × price × (1 − discount), each in ten-thousandths, rounded half up to ten-thousandths. */
export const lineTotal = (quantity: bigint, price: bigint, discount: bigint): bigint =>
  divideRounded(quantity * price * (unit - discount), unit * unit)

/** The amount rounded half up (away from zero) to the currency's minor unit: `1265793.0395` EUR → `1265793.04`. */
export const roundToMinor = (amount: string, currency: string): string => {
  const digits = Math.min(minorDigits(currency), scale)
  return formatDecimal(divideRounded(parseDecimal(amount), 10n ** BigInt(scale - digits)), digits)
}
