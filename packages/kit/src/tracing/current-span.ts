import { AsyncLocalStorage } from 'node:async_hooks'
import type { Span } from '@opentelemetry/api'
import { traceparentOf } from './traceparent.js'

const spans = new AsyncLocalStorage<Span>()

/** The span of what is being done; undefined where nothing is traced. */
export const currentSpan = (): Span | undefined => spans.getStore()

/** Does work as that of a span. */
export const duringSpan = <T>(span: Span, work: () => T): T => spans.run(span, work)

/** The span of what is being done, for whoever is asked in its course. */
export const currentTraceparent = (): string | undefined => {
  const span = currentSpan()
  return span && traceparentOf(span.spanContext())
}

/** What a line of the log says of the trace that it belongs to: an object of its own each time, because pino adds the line's fields to it. */
export const traceOfLog = (): object => {
  const span = currentSpan()?.spanContext()
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {}
}
