import { minorDigits } from '@clientele/kit'

/** A decimal with up to 4 digits after its point as money, rounded half away from zero to the currency's minor unit. */
export const monetary = (amount: string, currency: string): { amount: string; currency: string } => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) as unknown as string[]
  const digits = Math.min(minorDigits(currency), 4)
  const divisor = 10n ** BigInt(4 - digits)
  const units = (BigInt(whole + fraction.padEnd(4, '0')) + divisor / 2n) / divisor
  const text = String(units).padStart(digits + 1, '0')
  const plain = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text
  return { amount: units === 0n ? '0' : sign + plain, currency }
}
