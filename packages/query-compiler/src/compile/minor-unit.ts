import { currencies } from '@clientele/kit'

// Few are not 2, and PostgreSQL copies a statement's text each time it runs.
const exceptions = Object.fromEntries([...currencies].filter(([, digits]) => digits !== 2))

/** An SQL amount of at most four decimals, rounded half away from zero to the minor unit of an SQL currency. */
export const roundedToMinorUnit = (amount: string, currency: string): string =>
  // A constant jsonb is searched as it is; an array would be hashed, or a table opened, each time.
  `round(${amount}, coalesce(('${JSON.stringify(exceptions)}'::jsonb -> ${currency}::text)::int, 2))`
