import { Invalid } from '../errors/errors.js'

/** How large the input of one request may be. */
export interface InputLimits {
  /** Levels of nested lists and objects. */
  levels: number
  /** Entries of one list. */
  entries: number
  /** Values in all: lists, objects and what is in them, as often as they are referred to. */
  values: number
}

export const inputLimits: InputLimits = { levels: 32, entries: 1_000, values: 20_000 }

/**
 * Measures a JSON value in one pass, before anything is made of it. Tells how many values it has, itself included.
 * @throws Invalid `variables.too_deep`, `list.too_long`, `input.too_many_values`, with the path of a list that is too long
 */
export const sizeOfInput = (value: unknown, limits: InputLimits = inputLimits): number => {
  const path: (string | number)[] = []
  let values = 0

  const inside = (key: string | number, value: unknown): void => {
    path.push(key)
    count(value)
    path.pop()
  }

  const count = (value: unknown): void => {
    values += 1
    if (value === null || typeof value !== 'object') return
    if (values > limits.values) throw tooManyValues(limits)
    if (path.length > limits.levels) {
      throw new Invalid(`The variables are more than ${limits.levels} levels deep.`, {
        reason: 'variables.too_deep',
        params: { most: limits.levels },
      })
    }
    if (Array.isArray(value)) {
      if (value.length > limits.entries) throw tooLong(path, value.length, limits.entries)
      for (let at = 0; at < value.length; at++) inside(at, value[at])
    } else for (const key of Object.keys(value)) inside(key, value[key as never])
  }

  count(value)
  if (values > limits.values) throw tooManyValues(limits)
  return values
}

const tooLong = (path: readonly (string | number)[], found: number, most: number) =>
  new Invalid(`A list in the variables has ${found} entries; the limit is ${most}.`, {
    reason: 'list.too_long',
    params: { most },
    fields: [{ path: path.join('.'), reason: 'list.too_long', message: `at most ${most} entries`, params: { most } }],
  })

/** The refusal of an input that has too many values. */
export const tooManyValues = ({ values }: InputLimits) =>
  new Invalid(`The input has more than ${values} values, each counted as often as the document refers to it.`, {
    reason: 'input.too_many_values',
    params: { most: values },
  })
