/** What was found in one column for one reason: values that were kept as written and marked, or rows that were refused. */
export interface CountByReason {
  /** Empty where it is about the row. */
  column: string
  /** What the API or the mapping says about them: `contact_point.phone`. */
  reason: string
  count: number
  /** Where the first of them stand. */
  lines: number[]
}

const mostLines = 10

/** Counts by column and reason, and keeps the lines of the first. */
export const countByReason = () => {
  const found = new Map<string, CountByReason>()
  return {
    add: (column: string, reason: string, line: number) => {
      const key = JSON.stringify([column, reason])
      const known = found.get(key) ?? { column, reason, count: 0, lines: [] }
      found.set(key, known)
      known.count++
      if (known.lines.length < mostLines) known.lines.push(line)
    },
    /** The most frequent first. */
    all: (): CountByReason[] => [...found.values()].sort((one, other) => other.count - one.count),
  }
}

/** `  phone  contact_point.phone  69 values, in lines 2, 5, 9 …`, where `what` is `value`. */
export const countText = ({ column, reason, count, lines }: CountByReason, what: string): string => {
  const counted = count === 1 ? `1 ${what}, in line` : `${count} ${what}s, in lines`
  return `  ${[column, reason].filter(Boolean).join('  ')}  ${counted} ${lines.join(', ')}${count > lines.length ? ' …' : ''}`
}
