/** Median, smallest and greatest of the rounds. */
export interface Spread {
  median: number
  min: number
  max: number
}

export const spreadOf = (values: readonly number[], digits: number): Spread => ({
  median: median(values, digits),
  min: rounded(Math.min(...values), digits),
  max: rounded(Math.max(...values), digits),
})

export const median = (values: readonly number[], digits: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return rounded(((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2, digits)
}

/** The median of those that could be told; null where none could. */
export const medianKnown = (values: readonly (number | undefined)[], digits: number): number | null => {
  const known = values.filter((value) => value !== undefined)
  return known.length ? median(known, digits) : null
}

/** Below or at which that part of the values lies: 0.95 of them, say. */
export const quantileOf = (values: readonly number[], part: number): number => {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
