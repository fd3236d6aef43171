/** How many decimals the minor unit of a currency has; no amount has more than four. */
const decimalsOf = (currency: string) => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return Math.min(format.resolvedOptions().maximumFractionDigits ?? 2, 4)
}

/** `,AED:2,AFN:0,…` */
const decimals = Intl.supportedValuesOf('currency')
  .map((currency) => `,${currency}:${decimalsOf(currency)}`)
  .join('')
const toDecimals = ',AED:'.length

/** An SQL amount rounded half away from zero to the minor unit of an SQL currency; null where the currency is none of ISO 4217. */
export const roundedToMinorUnit = (amount: string, currency: string): string => {
  // Faster than to look it up in an array, for which each execution would build a hash table.
  const place = `nullif(strpos('${decimals}', ',' || ${currency} || ':'), 0)`
  return `round(${amount}, substr('${decimals}', ${place} + ${toDecimals}, 1)::int)`
}
