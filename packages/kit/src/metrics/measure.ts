import type pg from 'pg'
import { gauge, type Metrics } from './metrics.js'

/**
 * A state of a service's own that operators ask for. Its statement runs across tenants whenever somebody asks, in the system role, and answers rows
 * with `value` and a column for each label, whose values only code may know. One that takes two seconds is left out: look by an index, and no farther
 * back than is needed.
 */
export interface Measure {
  /** `clientele_<what>_<unit>`. */
  name: string
  help: string
  labels?: readonly string[]
  sql: string
}

/** Measures one of them. What is no longer there is no longer told. */
export const measuring = (
  metrics: Metrics,
  { service, system }: { service: string; system: Pick<pg.Pool, 'query'> },
  { name, help, labels = [], sql }: Measure,
) => {
  const state = gauge(metrics, { name, help, labelNames: ['service', ...labels] })
  return async (): Promise<void> => {
    const { rows } = await system.query<Record<string, string | number | null>>(sql)
    state.reset()
    for (const row of rows) {
      const own = Object.fromEntries(labels.map((label) => [label, String(row[label] ?? '')]))
      state.set({ service, ...own }, Number(row.value))
    }
  }
}
