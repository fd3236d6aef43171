import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { expectedError } from '../errors/map-error.js'
import { currentSpan, duringSpan } from './current-span.js'
import { isSampled, readTraceparent } from './traceparent.js'

/**
 * A piece of work that a trace tells. Name and attributes are codes, counts, and names that the code knows; the tenant may be one. Never a value of
 * a statement, the text of a query, or anything of a person: whoever reads traces need not be allowed to read customers.
 */
export interface Traced {
  name: string
  /** Internal unless given. */
  kind?: SpanKind
  attributes?: Attributes
}

/** Does a piece of work; the span is there where the process traces, whether or not this work is recorded. */
type Work<T> = (span: Span | undefined) => Promise<T>

let tracer: Tracer | undefined

/** What makes the spans of this process; without it there are none, and asking for one costs nothing. */
export const setTracer = (given: Tracer | undefined): void => {
  tracer = given
}

/** Work that is asked for from outside: a part of the trace that its `traceparent` names, else the beginning of one. The sampler decides. */
export const traceArrival = <T>(traced: Traced, traceparent: string | undefined, work: Work<T>): Promise<T> => {
  if (!tracer) return work(undefined)
  // A service that is asked in the process of the gateway: what that does not record is recorded nowhere in it, and is not weighed again.
  const around = currentSpan()
  if (around && !isSampled(around.spanContext())) return work(undefined)
  const from = readTraceparent(traceparent)
  return follow(begin(tracer, traced, from ? trace.setSpanContext(ROOT_CONTEXT, from) : ROOT_CONTEXT), work)
}

/** A part of the work around it, where that is recorded; only then a function is asked what to tell. */
export const tracePart = <T>(traced: Traced | (() => Traced), work: Work<T>): Promise<T> => {
  const around = tracer && currentSpan()
  if (!tracer || !around?.isRecording()) return work(undefined)
  const told = typeof traced === 'function' ? traced() : traced
  return follow(begin(tracer, told, trace.setSpan(ROOT_CONTEXT, around)), work)
}

/**
 * Work that follows later on what was recorded; where nothing was, it is not traced either. What follows on several traces at once is told in each,
 * and its parts in the first.
 */
export const traceSequel = async <T>(
  traced: Traced,
  traceparents: readonly (string | undefined)[],
  work: Work<T>,
): Promise<T> => {
  const traces = tracer ? recordedTraces(traceparents) : []
  if (!tracer || !traces.length) return work(undefined)
  const [first, ...others] = traces.map((from) => begin(tracer!, traced, trace.setSpanContext(ROOT_CONTEXT, from)))
  for (const other of others) other.addLink({ context: first!.spanContext() })
  try {
    return await follow(first!, work)
  } finally {
    for (const other of others) other.end()
  }
}

/** What came of the work of a span: OK, or the code of an error. Only what is our fault makes it a failed one. */
export const setOutcome = (span: Span | undefined, code: string): void => {
  if (!span?.isRecording()) return
  span.setAttribute('clientele.outcome', code)
  if (!faults.has(code)) return
  span.setAttribute('error.type', code)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

const faults = new Set(['INTERNAL', 'UNAVAILABLE'])

const begin = (by: Tracer, { name, kind, attributes }: Traced, parent: Context): Span => {
  const span = by.startSpan(name, kind === undefined ? {} : { kind }, parent)
  if (attributes && span.isRecording()) span.setAttributes(attributes)
  return span
}

const follow = async <T>(span: Span, work: Work<T>): Promise<T> => {
  try {
    return await duringSpan(span, () => work(span))
  } catch (error) {
    setOutcome(span, expectedError(error)?.code ?? 'INTERNAL')
    throw error
  } finally {
    span.end()
  }
}

const recordedTraces = (traceparents: readonly (string | undefined)[]) => {
  const byTrace = new Map<string, NonNullable<ReturnType<typeof readTraceparent>>>()
  for (const text of traceparents) {
    const span = readTraceparent(text)
    if (span && isSampled(span) && !byTrace.has(span.traceId)) byTrace.set(span.traceId, span)
  }
  return [...byTrace.values()]
}
