import { minorDigits } from '@clientele/kit'

// Few are not 2, and PostgreSQL copies a statement's text each time it runs.
const exceptions = Object.fromEntries(
  Intl.supportedValuesOf('currency')
    .map((currency) => [currency, Math.min(minorDigits(currency), 4)] as const)
    .filter(([, digits]) => digits !== 2),
)

/** An SQL amount of at most four decimals, rounded half away from zero to the minor unit of an SQL currency. */
export const roundedToMinorUnit = (amount: string, currency: string): string =>
  // A constant jsonb is searched as it is; an array would be hashed, or a table opened, each time.
  `round(${amount}, coalesce(('${JSON.stringify(exceptions)}'::jsonb -> ${currency}::text)::int, 2))`
