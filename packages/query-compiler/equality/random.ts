/** Random choices that are the same for the same seed (mulberry32). */
export const createRandom = (seed: number) => {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (of: number) => next() < of,
    one: <T>(from: readonly T[]): T => from[below(from.length)]!,
    some: <T>(from: readonly T[], most: number): T[] =>
      from
        .map((each) => [next(), each] as const)
        .toSorted(([a], [b]) => a - b)
        .slice(0, 1 + below(most))
        .map(([, each]) => each),
  }
}
export type Random = ReturnType<typeof createRandom>
