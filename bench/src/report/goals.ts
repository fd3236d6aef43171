/** What a comparison is to reach: a ratio between two variants, of one figure. */
export interface Goal {
  /** As the report names it: `http ÷ stock-http`. */
  ratio: string
  figure: Figure
  atLeast?: number
  atMost?: number
}

/** Requests per second, or the milliseconds within which 95 of 100 are answered. */
export type Figure = 'throughput' | 'p95'

/** A goal and how far we are. */
export interface GoalReport extends Goal {
  /** The median of the rounds; null where one of the variants did not take part. */
  measured: number | null
  met: boolean | null
}

/** Holds the medians of ratios against the goals. */
export const reached = (
  goals: readonly Goal[],
  ratios: Readonly<Record<string, Readonly<Record<Figure, { median: number }>>>>,
): GoalReport[] =>
  goals.map((goal) => {
    const measured = ratios[goal.ratio]?.[goal.figure].median ?? null
    const met = measured === null ? null : measured >= (goal.atLeast ?? 0) && measured <= (goal.atMost ?? Infinity)
    return { ...goal, measured, met }
  })

/** Whether goals were measured, at whatever concurrency, and none was missed. */
export const isPassed = (goals: readonly GoalReport[]): boolean =>
  goals.some(({ met }) => met !== null) && goals.every(({ met }) => met !== false)
