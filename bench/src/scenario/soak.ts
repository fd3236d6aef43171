import { rounded } from '../report/spread.js'
import type { Held } from './watch.js'

/** Whether something stayed as it was. */
export interface Verdict {
  name: string
  limit: string
  /** What was seen, in words. */
  measured: string
  met: boolean
}

/** The part of a run that warms up: caches fill and pools open. */
const warmUp = 1 / 3
/** Memory goes up and down with collections of garbage: the least of each of so many parts of the run is looked at. */
const parts = 12
/** By how much of its median something may have grown from the end of the warm-up to the end. */
const mostGrowth = 0.05

type Figure = 'rss' | 'heap' | 'files' | 'handles' | 'connections'

const figures: readonly { figure: Figure; name: string; unit: string; scale: number; free: number }[] = [
  { figure: 'rss', name: 'memory (RSS)', unit: 'MB', scale: 1e6, free: 0 },
  { figure: 'heap', name: 'JavaScript heap in use', unit: 'MB', scale: 1e6, free: 0 },
  { figure: 'files', name: 'open files and sockets', unit: '', scale: 1, free: 5 },
  { figure: 'handles', name: 'handles of the event loop', unit: '', scale: 1, free: 5 },
  { figure: 'connections', name: 'connections to PostgreSQL', unit: '', scale: 1, free: 2 },
]

/**
 * Whether memory, handles and connections are flat behind the warm-up: the line through the least of each part (the median of all slopes between
 * two, so that a few outliers do not bend it) may rise by a twentieth from begin to end, or by the few that come and go.
 */
export const flatness = (held: readonly Held[], seconds: number): Verdict[] =>
  figures.flatMap(({ figure, name, unit, scale, free }) => {
    const seen = held.flatMap(({ at, [figure]: value }) =>
      value !== undefined && at <= seconds ? [{ at, value }] : [],
    )
    const least = leastOfParts(seen, seconds)
    if (least.length < 4) return [{ name, limit: 'flat', measured: 'too few samples', met: false }]
    const middle = medianOf(least.map(({ value }) => value))
    const span = (least.at(-1) as Point).at - (least[0] as Point).at
    const grown = slopeOf(least) * span
    const limit = Math.max(free, mostGrowth * middle)
    const perHour = rounded((slopeOf(least) * 3_600) / scale, 1)
    const inUnit = (value: number) => `${rounded(value / scale, 1)}${unit && ` ${unit}`}`
    return [
      {
        name,
        limit: `grows by at most ${inUnit(limit)}`,
        measured: `${inUnit(grown)} in ${rounded(span / 60, 1)} min at ${inUnit(middle)} (${perHour}${unit && ` ${unit}`} an hour)`,
        met: grown <= limit,
      },
    ]
  })

interface Point {
  at: number
  value: number
}

const leastOfParts = (seen: readonly Point[], seconds: number): Point[] => {
  const begin = seconds * warmUp
  const length = (seconds - begin) / parts
  const byPart = Map.groupBy(
    seen.filter(({ at }) => at >= begin),
    ({ at }) => Math.floor((at - begin) / length),
  )
  return [...byPart.values()].map((points) => points.reduce((least, each) => (each.value < least.value ? each : least)))
}

/** The median of the slopes between every two points (Theil and Sen). */
const slopeOf = (points: readonly Point[]): number =>
  medianOf(
    points.flatMap((from, index) => points.slice(index + 1).map((to) => (to.value - from.value) / (to.at - from.at))),
  )

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
}

/** How long it may take until nothing waits any more behind the last request. */
export const catchUpSeconds = 30

/** Whether events came through: nothing waits soon behind the end, and nothing was given up. `took` is undefined where something still waits. */
export const delivery = (before: Held, after: Held, took: number | undefined): Verdict[] => {
  const givenUp = (after.deadLetters ?? Number.NaN) - (before.deadLetters ?? Number.NaN)
  return [
    {
      name: 'events are all in the stream and handled',
      limit: `within ${catchUpSeconds} s behind the last request`,
      measured:
        took === undefined
          ? `${after.outbox} not in the stream, ${after.pending} not handled`
          : `${rounded(took, 1)} s`,
      met: took !== undefined,
    },
    { name: 'events given up', limit: 'none', measured: String(givenUp), met: givenUp === 0 },
  ]
}
