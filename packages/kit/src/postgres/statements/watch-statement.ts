import type { ServiceMetrics } from '../../metrics/service-metrics.js'

/** By which pool statements are sent, and who is told how long each took. */
export interface StatementWatch {
  pool: 'transactions' | 'reads' | 'system'
  observe?: ServiceMetrics['statement'] | undefined
}

/** Runs a statement, and tells how long it took. */
export const watchStatement = async <T>(watch: StatementWatch, run: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  let outcome: 'ok' | 'failed' = 'failed'
  try {
    const result = await run()
    outcome = 'ok'
    return result
  } finally {
    watch.observe?.(watch.pool, outcome, (performance.now() - began) / 1_000)
  }
}
