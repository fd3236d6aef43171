/** An SQL amount rounded half away from zero to the minor unit of an SQL currency; null where the currency is none of ISO 4217. */
export const roundedToMinorUnit = (amount: string, currency: string): string => {
  // Faster than to look it up in an array, for which each execution would build a hash table.
  const isAmong = (codes: readonly string[]) => `strpos(',${codes},', ',' || ${currency} || ',') > 0`
  const cases = [...byDecimals].map(([decimals, codes]) => `when ${isAmong(codes)} then ${decimals}`)
  return `round(${amount}, case ${cases.join(' ')} end)`
}

/** How many decimals the minor unit of a currency has; no amount has more than four. */
const decimalsOf = (currency: string) => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return Math.min(format.resolvedOptions().maximumFractionDigits ?? 2, 4)
}

const byDecimals = Map.groupBy(Intl.supportedValuesOf('currency'), decimalsOf)
