/** What a comparison is to reach. */
export type Goal = RatioGoal | VariantGoal

interface Bounds {
  atLeast?: number
  atMost?: number
}

/** A ratio between two variants, of one figure. */
interface RatioGoal extends Bounds {
  /** As the report names it: `http ÷ stock-http`. */
  ratio: string
  figure: Figure
}

/** What one variant may need. It holds for the machine that it was measured on; CPU tells less than ratios where others load it. */
interface VariantGoal extends Bounds {
  variant: string
  figure: Need
}

/** Requests per second, or the milliseconds within which 95 of 100 are answered. */
export type Figure = 'throughput' | 'p95'

/** CPU of its processes in microseconds per request, or their memory together in MB at the end of the last round. */
export type Need = 'server CPU µs' | 'RSS MB' | 'PSS MB'

/** A goal and how far we are. */
export type GoalReport = Goal & {
  /** The median of the rounds; null where a variant did not take part, or it cannot be told. */
  measured: number | null
  met: boolean | null
}

/** Holds the medians of ratios, and what variants need, against the goals. */
export const reached = (
  goals: readonly Goal[],
  ratios: Readonly<Record<string, Readonly<Record<Figure, { median: number }>>>>,
  needs: Readonly<Record<string, Readonly<Record<Need, number | null>>>>,
): GoalReport[] =>
  goals.map((goal) => {
    const measured =
      ('ratio' in goal ? ratios[goal.ratio]?.[goal.figure].median : needs[goal.variant]?.[goal.figure]) ?? null
    const met = measured === null ? null : measured >= (goal.atLeast ?? 0) && measured <= (goal.atMost ?? Infinity)
    return { ...goal, measured, met }
  })

/** Whether goals were measured, at whatever concurrency, and none was missed. */
export const isPassed = (goals: readonly Pick<GoalReport, 'met'>[]): boolean =>
  goals.some(({ met }) => met !== null) && goals.every(({ met }) => met !== false)
