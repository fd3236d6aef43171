import { dateReader, dayOf, type Twice, twiceOptions, zoneReader } from './dates.js'

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

// "1.000" is a thousand in half of the world.
const integerText: Transform = (value) => {
  const match = /^\+?(-?\d+)(?:\.00?)?$/.exec(value.trim())
  if (!match) throw new CellFault('cell.integer', 'is no whole number such as 17850 or 17850.0')
  return match[1] as string
}

const blank = '[ \u00a0\u2009\u202f]'

const decimal: Maker = (argument) => {
  const { point: givenPoint = '.', group: givenGroup } =
    argument === undefined ? {} : texts(argument, [], ['point', 'group'])
  const point = separator('point', givenPoint)
  const group = givenGroup === undefined || givenGroup === '' ? undefined : separator('group', givenGroup)
  if (point === group) throw new TransformFault('needs a group that is not its point')
  const groupPattern = group && (group === ' ' ? blank : RegExp.escape(group))
  const whole = groupPattern ? `(?:[1-9]\\d{0,2}(${groupPattern})\\d{3}(?:\\3\\d{3})*|\\d+)` : '\\d+()'
  const pattern = new RegExp(`^([+-]?)(${whole}|(?=\\D))(?:${RegExp.escape(point)}(\\d*))?$`)
  const right = `is no decimal number such as ${group ? `1${group}234` : '1234'}${point}5`
  return (value) => {
    const [, sign, digits = '', mark = '', fraction = ''] = pattern.exec(value.trim()) ?? []
    const ungrouped = mark ? digits.replaceAll(mark, '') : digits
    if (!ungrouped && !fraction) throw new CellFault('cell.decimal', right)
    return `${sign === '-' ? '-' : ''}${ungrouped.replace(/^0+(?=\d)/, '') || '0'}${fraction && `.${fraction}`}`
  }
}

const separator = (name: string, given: unknown): string => {
  if (typeof given === 'string' && /^[^\p{L}\p{N}+-]$/u.test(given)) return given
  throw new TransformFault(`needs as ${name} one sign that is no letter, digit, + or -`)
}

const date: Maker = (argument, type) => {
  const { format, zone, twice = 'refuse' } = texts(argument, ['format'], ['zone', 'twice'])
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
  if (!isTwice(twice)) throw new TransformFault(`needs as twice one of ${twiceOptions.join(', ')}`)
  const inZone = zoneReader(String(zone), twice)
  if (!inZone) throw new TransformFault(`does not know the time zone "${zone}"`)
  return (value) => {
    const clock = read(value.trim())
    if (!clock) throw wrong()
    const instant = inZone(clock)
    if (typeof instant === 'string') return instant
    if (instant.fault === 'skipped')
      throw new CellFault('cell.date_skipped', `is a time that clocks in ${zone} skipped`)
    const choice = 'say in the mapping which is meant: { date: { …, twice: earlier } } or later'
    throw new CellFault('cell.date_twice', `is a time that clocks in ${zone} showed twice; ${choice}`)
  }
}

const isTwice = (given: unknown): given is Twice => twiceOptions.some((option) => option === given)

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
  if (start === null) throw new TransformFault('needs as text what a cell may start with')
  const result = (value: unknown) => (value === null ? null : String(value))
  return (value) => result(value.startsWith(String(start)) ? yes : no)
}

const part: Maker = (argument) => {
  const { of: separator, at } = texts(argument, ['of', 'at'], [])
  if (!separator) throw new TransformFault('needs as of the text between the parts')
  if (!/^[+-]?0*[1-9]\d*$/.test(String(at))) {
    throw new TransformFault('needs a whole number as at: 1 is the first part, -1 the last')
  }
  const index = Number(at) > 0 ? Number(at) - 1 : Number(at)
  const split = (value: string) => (separator === ' ' ? value.trim().split(/\s+/) : value.split(String(separator)))
  return (value) => split(value).at(index)?.trim() || null
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
