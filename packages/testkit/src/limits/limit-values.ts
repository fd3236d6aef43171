import type { TextLimit } from '@clientele/contracts'

let seed = 1

/** Numbers below `range` that look random and are the same in every run. */
const next = (range: number) => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed % range
}

const ascii = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** A text of so many characters that no other is like: four bytes each in UTF-8, two units each in JavaScript, and nothing that packs. */
export const textOf = ({ form }: Pick<TextLimit, 'form'>, characters: number): string =>
  Array.from({ length: characters }, () =>
    form === 'code' ? ascii[next(ascii.length)] : String.fromCodePoint(0x20000 + next(42_000)),
  ).join('')
