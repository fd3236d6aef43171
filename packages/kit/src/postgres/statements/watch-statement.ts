import { SpanKind } from '@opentelemetry/api'
import type { ServiceMetrics } from '../../metrics/service-metrics.js'
import { type Traced, tracePart } from '../../tracing/spans.js'

/** By which pool statements are sent, and who is told how long each took. */
export interface StatementWatch {
  pool: 'transactions' | 'reads' | 'system'
  observe?: ServiceMetrics['statement'] | undefined
}

/** Runs a statement, tells how long it took, and traces it where what it is for is recorded. */
export const watchStatement = async <T>(watch: StatementWatch, sql: string, run: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  let outcome: 'ok' | 'failed' = 'failed'
  try {
    const result = await tracePart(() => tracedStatement(watch, sql), run)
    outcome = 'ok'
    return result
  } finally {
    watch.observe?.(watch.pool, outcome, (performance.now() - began) / 1_000)
  }
}

/** What a trace tells of a statement: what it does, and to which table. Its text may hold names that a client has chosen, and stays out. */
const tracedStatement = ({ pool }: StatementWatch, sql: string): Traced => {
  const verb = /[a-z]+/i.exec(sql)?.[0].toLowerCase() ?? 'statement'
  const table = /\b(?:from|into|update)\s+"?([a-z_]+)/i.exec(sql)?.[1]
  return {
    name: table ? `${verb} ${table}` : verb,
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': verb,
      ...(table && { 'db.collection.name': table }),
      'clientele.pool': pool,
    },
  }
}
