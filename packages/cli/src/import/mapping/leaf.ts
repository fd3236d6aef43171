import {
  CurrencyCodeScalar,
  DateScalar,
  DateTimeScalar,
  DecimalScalar,
  PreciseDecimalScalar,
} from '@clientele/kit/client'
import { GraphQLError, type GraphQLScalarType } from 'graphql'
import type { Target } from './target.js'
import { CellFault } from './transforms.js'

const readers: Record<string, (text: string) => unknown> = {
  Int: (text) => {
    if (/^-?\d{1,10}$/.test(text) && Number(text) === (Number(text) | 0)) return Number(text)
    throw new CellFault('cell.integer', 'is no whole number from -2147483648 to 2147483647')
  },
  Float: (text) => {
    if (/^-?\d{1,300}(\.\d{1,300})?$/.test(text)) return Number(text)
    throw new CellFault('cell.number', 'is no number such as 12.5')
  },
  Boolean: (text) => {
    if (text === 'true' || text === 'false') return text === 'true'
    throw new CellFault('cell.boolean', 'is neither true nor false')
  },
  Decimal: (text) => {
    if (/^-?(0|[1-9]\d{0,14})(\.\d{1,4}0*)?$/.test(text)) return text
    throw new CellFault('cell.decimal', 'is no decimal number of at most 15 digits before the point and 4 after it')
  },
  PreciseDecimal: (text) => {
    if (/^(0|[1-9]\d{0,9})(\.\d{1,12}0*)?$/.test(text)) return text
    throw new CellFault('cell.decimal', 'is no decimal number of at most 10 digits before the point and 12 after it')
  },
  Date: (text) => {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
    throw new CellFault('cell.date', 'is no day of the form yyyy-MM-dd')
  },
  DateTime: (text) => {
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)) return text
    throw new CellFault(
      'cell.date',
      'is no point in time of RFC 3339 with a zone; a date transform can read other forms',
    )
  },
}

const scalars: Record<string, GraphQLScalarType> = {
  Decimal: DecimalScalar,
  PreciseDecimal: PreciseDecimalScalar,
  Date: DateScalar,
  DateTime: DateTimeScalar,
  CurrencyCode: CurrencyCodeScalar,
}

/** Refuses what the API would refuse, so that no request is spent on it. */
const checkScalar = (type: string, text: string) => {
  try {
    if (Object.hasOwn(scalars, type)) scalars[type]?.parseValue(text)
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    throw new CellFault(String(error.extensions.reason), error.message)
  }
}

/** The JSON value that a text stands for where the API expects `target`; what only the API can tell passes. Throws CellFault. */
export const leafValue = (text: string, target: Target): unknown => {
  if (target.values && !target.values.includes(text)) {
    throw new CellFault('cell.enum', `is none of ${target.values.join(', ')}`)
  }
  const read = Object.hasOwn(readers, target.type) ? readers[target.type] : undefined
  const value = read ? read(text) : text
  checkScalar(target.type, text)
  return value
}
