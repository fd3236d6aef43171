import { isSpanContextValid, type SpanContext, TraceFlags } from '@opentelemetry/api'

const form = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?=$|-)/

/** The span that a W3C `traceparent` names; undefined where it names none. */
export const readTraceparent = (text: string | undefined): SpanContext | undefined => {
  const [, traceId, spanId, flags] = form.exec(text ?? '') ?? []
  if (!traceId || !spanId || !flags) return undefined
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return isSpanContextValid(span) ? span : undefined
}

export const isSampled = ({ traceFlags }: SpanContext): boolean => (traceFlags & TraceFlags.SAMPLED) !== 0

/** A span as W3C Trace Context writes it. */
export const traceparentOf = (span: SpanContext): string =>
  `00-${span.traceId}-${span.spanId}-${isSampled(span) ? '01' : '00'}`

/** The trace that the text of an event names, without reading all of it: its data has no such field. */
export const traceparentIn = (event: string): string | undefined => /"traceparent":"([0-9a-f-]{55})"/.exec(event)?.[1]
