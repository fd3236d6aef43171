import { dateReader, dayOf, zoneReader } from './dates.js'

/** Turns the text of a cell into another; null where nothing is left. Throws CellFault. */
export type Transform = (text: string) => string | null

/** A cell holds something else than its mapping expects. */
export class CellFault extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message)
  }
}

/** The arguments of a transform are wrong. */
export class TransformFault extends Error {}

type Arguments = Record<string, unknown>

/** Makes the transform that a mapping names; `type` is the GraphQL type that the value is for. Undefined for an unknown name. Throws TransformFault. */
export const transformOf = (name: string, argument: unknown, type: string): Transform | undefined =>
  Object.hasOwn(makers, name) ? (makers[name] as Maker)(argument, type) : undefined

type Maker = (argument: unknown, type: string) => Transform

const plain =
  (transform: Transform): Maker =>
  (argument) => {
    if (argument !== undefined) throw new TransformFault('takes no argument')
    return transform
  }

const text = (argument: unknown, right: string): string => {
  if (typeof argument === 'string' && argument) return argument
  throw new TransformFault(`needs ${right}`)
}

const isTable = (argument: unknown): argument is Arguments =>
  typeof argument === 'object' && argument !== null && !Array.isArray(argument)

const texts = (argument: unknown, required: readonly string[], optional: readonly string[]): Arguments => {
  const names = [...required, ...optional]
  const right = `needs ${names.map((name) => (required.includes(name) ? name : `${name}?`)).join(', ')}`
  if (!isTable(argument)) throw new TransformFault(right)
  const isRight = Object.entries(argument).every(
    ([name, value]) => names.includes(name) && (value === null || typeof value !== 'object'),
  )
  if (!isRight || required.some((name) => !(name in argument))) throw new TransformFault(right)
  return argument
}

const integerText: Transform = (value) => {
  const match = /^([+-]?\d+)(?:\.0+)?$/.exec(value.trim())
  if (!match) throw new CellFault('cell.integer', 'is no whole number')
  return match[1] as string
}

const decimal: Maker = (argument) => {
  const { point = '.', group = '' } = argument === undefined ? {} : texts(argument, [], ['point', 'group'])
  const pattern = /^[+-]?(\d+(\.\d*)?|\.\d+)$/
  return (value) => {
    const ungrouped = group ? value.trim().replaceAll(String(group), '') : value.trim()
    const number = point === '.' ? ungrouped : ungrouped.replaceAll('.', '?').replace(String(point), '.')
    if (!pattern.test(number)) throw new CellFault('cell.decimal', 'is no decimal number')
    const [, sign, whole, fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(number) as RegExpExecArray
    return `${sign === '-' ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}`
  }
}

const date: Maker = (argument, type) => {
  const { format, zone } = texts(argument, ['format'], ['zone'])
  const read = dateReader(String(format))
  if (!read) throw new TransformFault(`does not know the format "${format}"; it reads yyyy MM dd HH mm ss SSS`)
  const wrong = () => new CellFault('cell.date', `is no date of the form ${format}`)
  if (type === 'Date') {
    return (value) => {
      const clock = read(value.trim())
      if (!clock) throw wrong()
      return dayOf(clock)
    }
  }
  if (zone === undefined) throw new TransformFault('needs the zone that the times are in, such as UTC or Asia/Shanghai')
  const inZone = zoneReader(String(zone))
  if (!inZone) throw new TransformFault(`does not know the time zone "${zone}"`)
  return (value) => {
    const clock = read(value.trim())
    if (!clock) throw wrong()
    const instant = inZone(clock)
    if (!instant) throw new CellFault('cell.date', `is a time that was skipped in ${zone}`)
    return instant
  }
}

const map: Maker = (argument) => {
  const keys = isTable(argument) ? Object.keys(argument) : []
  if (!keys.length) throw new TransformFault('needs a table, such as { f: FEMALE, m: MALE, "*": OTHER }')
  const table = texts(argument, [], keys)
  return (value) => {
    const key = Object.hasOwn(table, value) ? value : '*'
    if (!Object.hasOwn(table, key)) throw new CellFault('cell.unmapped', 'is not in the table of the mapping')
    return table[key] === null ? null : String(table[key])
  }
}

const startsWith: Maker = (argument) => {
  const { text: start, yes, no = null } = texts(argument, ['text', 'yes'], ['no'])
  const result = (value: unknown) => (value === null ? null : String(value))
  return (value) => result(value.startsWith(String(start)) ? yes : no)
}

const part: Maker = (argument) => {
  const { of: separator, at } = texts(argument, ['of', 'at'], [])
  if (!Number.isInteger(at)) throw new TransformFault('needs a whole number as at: 1 is the first part, -1 the last')
  const index = (at as number) > 0 ? (at as number) - 1 : (at as number)
  return (value) => value.split(String(separator)).at(index)?.trim() || null
}

const makers: Record<string, Maker> = {
  trim: plain((value) => value.trim() || null),
  lower: plain((value) => value.toLowerCase()),
  upper: plain((value) => value.toUpperCase()),
  integerText: plain(integerText),
  decimal,
  date,
  map,
  startsWith,
  part,
  prefix: (argument) => {
    const start = text(argument, 'a text')
    return (value) => start + value
  },
  suffix: (argument) => {
    const end = text(argument, 'a text')
    return (value) => value + end
  },
}

/** Names of all transforms. */
export const transformNames = Object.keys(makers)
