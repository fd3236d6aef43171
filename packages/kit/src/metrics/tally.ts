import { counter, type Metrics } from './metrics.js'

/** Something that a service counts while it works, because it leaves no rows that could be measured. Its labels have only values that code knows. */
export interface Tally<Label extends string = string> {
  /** `clientele_<what>_total`. */
  name: string
  help: string
  labels: readonly Label[]
}

/** Adds to what is counted. */
export type Count = <Label extends string>(tally: Tally<Label>, labels: Record<Label, string>, by: number) => void

export const counting =
  (metrics: Metrics, service: string): Count =>
  ({ name, help, labels: labelNames }, labels, by) =>
    counter(metrics, { name, help, labelNames: ['service', ...labelNames] }).inc({ service, ...labels }, by)
