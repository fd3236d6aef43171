import { limits, patternOf } from '@clientele/contracts'
import { CurrencyCodeScalar, DateScalar, Invalid, PreciseDecimalScalar } from '@clientele/kit/client'
import type { Cells, RowFault } from '../mapping/template.js'

/** A rate as the API takes it. */
export interface FileRate {
  base: string
  quote: string
  day: string
  rate: string
}

/** What one row of a file says, and what is wrong with it. */
export type ReadRates = (cells: Cells) => { rates: FileRate[]; faults: RowFault[] }

/** How a file of rates is laid out, and what it comes from unless somebody says so. */
export interface RateColumns {
  source: string
  read: ReadRates
}

const names = { base: /^base$/i, quote: /^quote$/i, day: /^(day|date)$/i, rate: /^rate$/i }

/**
 * Tells from the names of its columns how a file has its rates: one a row (`base, quote, day, rate`), or as the European Central Bank publishes
 * them (`eurofxref.csv`, `eurofxref-hist.csv`): a row a day with a column per currency, all against `base`. Throws Invalid `file.header` or `mapping.ambiguous_column`.
 */
export const rateColumns = (file: string, columns: readonly string[], base = 'EUR'): RateColumns => {
  const parts = columns.map(partOf)
  const at = Object.fromEntries(Object.keys(names).map((name) => [name, parts.indexOf(name)])) as Record<
    keyof typeof names,
    number
  >
  if (Object.values(at).every((index) => index >= 0)) {
    refuseAmbiguous(file, columns)
    return { source: 'file', read: onePerRow(columns, at) }
  }
  const quotes = parts.flatMap((part, index) => (part && isCurrency(part) ? [{ quote: part, index }] : []))
  if (at.day >= 0 && quotes.length) {
    refuseAmbiguous(file, columns)
    return { source: 'ecb', read: onePerCurrency(columns, at.day, quotes, base) }
  }
  throw new Invalid(
    `${file} has no columns of exchange rates: base, quote, day and rate; or Date and a column per currency, as the European Central Bank has them.`,
    { reason: 'file.header' },
  )
}

/** What a column has: a part of every rate, or the rates of a currency. */
const partOf = (column: string): string | undefined => {
  const name = column.trim()
  return Object.entries(names).find(([, pattern]) => pattern.test(name))?.[0] ?? (isCurrency(name) ? name : undefined)
}

const refuseAmbiguous = (file: string, columns: readonly string[]) => {
  const parts = columns.map(partOf)
  const again = parts.find((part, index) => part !== undefined && parts.indexOf(part) < index)
  if (again === undefined) return
  throw new Invalid(`${file} has several columns of ${again}.`, { reason: 'mapping.ambiguous_column' })
}

const onePerRow =
  (columns: readonly string[], at: Record<keyof typeof names, number>): ReadRates =>
  (cells) => {
    const faults: RowFault[] = []
    const cell = (name: keyof typeof names) => cells[at[name]]?.trim() ?? ''
    const rate = {
      base: cell('base').toUpperCase(),
      quote: cell('quote').toUpperCase(),
      day: dayOf(cell('day')) ?? '',
      rate: cell('rate'),
    }
    const must = (holds: boolean, name: keyof typeof names, reason: string, message: string) => {
      if (!holds) faults.push({ column: columns[at[name]] as string, reason, message })
    }
    must(isCurrency(rate.base), 'base', 'rate.currency', 'is no currency of ISO 4217')
    must(
      isCurrency(rate.quote) && rate.quote !== rate.base,
      'quote',
      'rate.currency',
      'is no other currency of ISO 4217',
    )
    must(rate.day !== '', 'day', 'cell.date', 'is no day until now such as 2026-03-20')
    must(isRate(rate.rate), 'rate', 'cell.decimal', 'is no number above 0 such as 7.8312')
    return { rates: faults.length ? [] : [rate], faults }
  }

/** A currency that had no rate that day is empty or N/A. */
const onePerCurrency =
  (columns: readonly string[], dayAt: number, quotes: { quote: string; index: number }[], base: string): ReadRates =>
  (cells) => {
    const day = dayOf(cells[dayAt]?.trim() ?? '')
    if (!day) {
      return {
        rates: [],
        faults: [
          { column: columns[dayAt] as string, reason: 'cell.date', message: 'is no day until now such as 2026-03-20' },
        ],
      }
    }
    const faults: RowFault[] = []
    const rates = quotes.flatMap(({ quote, index }) => {
      const rate = cells[index]?.trim() ?? ''
      if (rate === '' || rate === 'N/A' || quote === base) return []
      if (isRate(rate)) return [{ base, quote, day, rate }]
      faults.push({ column: quote, reason: 'cell.decimal', message: 'is no number above 0 such as 7.8312' })
      return []
    })
    return { rates: faults.length ? [] : rates, faults }
  }

/** Whether it is the code of a currency. */
export const isCurrency = (text: string): boolean => accepts(CurrencyCodeScalar, text)

const isRate = (text: string) => accepts(PreciseDecimalScalar, text) && !/^-|^0(\.0*)?$/.test(text)

/** Whether it can name what rates come from. */
export const isSource = (text: string): boolean => patternOf(limits.code).test(text)

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** `2026-03-20`, or `20 March 2026` as the European Central Bank writes the day of its latest rates. */
const dayOf = (text: string): string | undefined => {
  const [, day, month, year] = /^(\d{1,2}) ([a-z]+) (\d{4})$/i.exec(text) ?? []
  const number = months.indexOf(month?.toLowerCase() ?? '') + 1
  const written = number ? `${year}-${String(number).padStart(2, '0')}-${day?.padStart(2, '0')}` : text
  // Somebody east of here may have the next day already.
  const latest = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  return accepts(DateScalar, written) && written >= limits.rateDay.least && written <= latest ? written : undefined
}

const accepts = (scalar: { parseValue(value: unknown): unknown }, text: string) => {
  try {
    scalar.parseValue(text)
    return true
  } catch {
    return false
  }
}
