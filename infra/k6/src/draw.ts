/** A whole number from 0, below the bound. */
export type Draw = (bound: number) => number

/** Numbers that look random and are the same for the same seed (xorshift32). */
export const draws = (seed: number): Draw => {
  // The state must not be 0: it would stay so.
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1
  return (bound) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

export const pick = <T>(draw: Draw, from: readonly T[]): T => from[draw(from.length)] as T
