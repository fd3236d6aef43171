import type { Json } from '../run/run-state.js'
import { Text } from '../text/text.js'

/**
 * Merges what a fetch brought into what is there: objects field by field, lists of equal length entry by entry, all else replaces.
 * `__proto__` is no name here (see `runnable.ts`) and is left out: merging into it would change every object.
 */
export function merge(target: Json, source: Json): void {
  for (const name of Object.keys(source)) {
    const value = source[name]
    if (value === undefined || name === '__proto__') continue
    const there = target[name]
    if (isObject(there) && isObject(value)) merge(there, value)
    else if (Array.isArray(there) && Array.isArray(value) && there.length === value.length) mergeLists(there, value)
    else target[name] = value
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  source.forEach((value, index) => {
    const there = target[index]
    if (isObject(there) && isObject(value)) merge(there, value)
    else target[index] = value
  })
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Text)
