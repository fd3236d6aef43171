import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { escaped } from './escaped.js'

/** One line of a chart; a point without a value leaves a gap. */
export interface Series {
  name: string
  points: readonly { at: number; value: number | undefined }[]
}

export interface Chart {
  title: string
  /** Of the values: `ms`, `MB`. */
  unit: string
  series: readonly Series[]
}

const width = 640
const height = 220
const margin = { top: 12, right: 14, bottom: 26, left: 56 }

/** A chart over the seconds of a run, as SVG; empty where nothing was seen. Colours are those of the page: `--series-1` and so on. */
export const chartOf = ({ title, unit, series }: Chart): string => {
  const seen = series.filter(({ points }) => points.some(({ value }) => value !== undefined))
  if (!seen.length) return ''
  const points = seen.flatMap((each) => each.points)
  const x = scaleLinear([0, Math.max(...points.map(({ at }) => at), 1)], [margin.left, width - margin.right])
  const y = scaleLinear(
    [0, Math.max(...points.map(({ value }) => value ?? 0), 1e-9)],
    [height - margin.bottom, margin.top],
  ).nice()
  const draw = line<Series['points'][number]>()
    .defined(({ value }) => value !== undefined)
    .x(({ at }) => x(at))
    .y(({ value }) => y(value ?? 0))
  const rows = y.ticks(5).map((tick) => {
    const at = y(tick).toFixed(1)
    return `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}"/><text x="${margin.left - 8}" y="${at}" dy="0.32em" text-anchor="end">${y.tickFormat(5)(tick)}</text>`
  })
  const columns = x.ticks(6).map((tick) => {
    const at = x(tick).toFixed(1)
    return `<text x="${at}" y="${height - 8}" text-anchor="middle">${clock(tick, x.domain()[1] as number)}</text>`
  })
  const lines = seen.map(
    (each, index) =>
      `<path class="series-${index + 1}" d="${draw([...each.points]) ?? ''}"><title>${escaped(each.name)}</title></path>`,
  )
  const names = seen.map(
    ({ name }, index) => `<span class="name"><i class="series-${index + 1}"></i>${escaped(name)}</span>`,
  )
  return [
    `<figure><figcaption>${escaped(title)}${unit && ` <small>${escaped(unit)}</small>`}${names.join('')}</figcaption>`,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    ...rows,
    ...columns,
    ...lines,
    '</svg></figure>',
  ].join('\n')
}

/** Seconds, or minutes where the whole is longer than two. */
const clock = (seconds: number, whole: number) =>
  whole < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
