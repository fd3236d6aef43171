import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import {
  InMemorySpanExporter,
  ParentBasedSampler,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { createLog } from '../config/log.js'
import { NotFound } from '../errors/errors.js'
import { currentTraceparent } from './current-span.js'
import { setOutcome, setTracer, traceArrival, tracePart, traceSequel } from './spans.js'

const exporter = new InMemorySpanExporter()
/** Begins a trace of its own for nobody, and heeds what the others say. */
const provider = new TracerProvider({
  sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0) }),
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
})
const trace = (at: number) => `${at}`.padStart(32, 'a')
const parent = (at: number, flags = '01') => `00-${trace(at)}-b7ad6b7169203331-${flags}`
const spans = () => exporter.getFinishedSpans()
const named = (name: string) => spans().filter((span) => span.name === name)

beforeEach(() => {
  exporter.reset()
  setTracer(provider.getTracer('test'))
})
afterAll(() => setTracer(undefined))

const nothing = async () => {}

test('what arrives is a part of the trace that it names, and what is done in its course a part of it', async () => {
  const seen = await traceArrival({ name: 'arrival', kind: SpanKind.SERVER }, parent(1), async () => {
    await new Promise((resolve) => setImmediate(resolve))
    await tracePart({ name: 'part', attributes: { a: 1 } }, nothing)
    return currentTraceparent()
  })
  const [arrival] = named('arrival')
  const [part] = named('part')
  expect(arrival!.spanContext().traceId).toBe(trace(1))
  expect(arrival!.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
  expect(part!.parentSpanContext?.spanId).toBe(arrival!.spanContext().spanId)
  expect(part!.attributes).toEqual({ a: 1 })
  expect(seen).toBe(`00-${trace(1)}-${arrival!.spanContext().spanId}-01`)
  expect(currentTraceparent()).toBeUndefined()
})

test('where nothing is recorded the trace is handed on all the same, and parts are not even named', async () => {
  const names = vi.fn(() => ({ name: 'part' }))
  const seen = await traceArrival({ name: 'arrival' }, parent(2, '00'), async () => {
    await tracePart(names, nothing)
    const asked = await traceArrival({ name: 'asked' }, currentTraceparent(), async () => currentTraceparent())
    expect(asked).toBe(currentTraceparent())
    return currentTraceparent()
  })
  expect(seen).toMatch(new RegExp(`^00-${trace(2)}-[0-9a-f]{16}-00$`))
  expect(names).not.toHaveBeenCalled()
  await traceSequel({ name: 'sequel' }, [parent(2, '00'), undefined, 'x'], nothing)
  await tracePart({ name: 'part of nothing' }, nothing)
  expect(spans()).toEqual([])
})

test('what follows on several traces is told in each, its parts in the first', async () => {
  const events = [parent(3), parent(3), parent(4), parent(5, '00'), undefined]
  await traceSequel({ name: 'sequel', kind: SpanKind.CONSUMER }, events, () => tracePart({ name: 'part' }, nothing))
  expect(
    named('sequel')
      .map((span) => span.spanContext().traceId)
      .toSorted(),
  ).toEqual([trace(3), trace(4)])
  const [first, other] = [trace(3), trace(4)].map((id) => named('sequel').find((s) => s.spanContext().traceId === id)!)
  expect(named('part')[0]!.parentSpanContext?.spanId).toBe(first!.spanContext().spanId)
  expect(other!.links.map(({ context }) => context.spanId)).toEqual([first!.spanContext().spanId])
})

test.each([
  [
    'what is not there, which is no fault',
    new NotFound('There is no 张伟.', { reason: 'document.unknown' }),
    'NOT_FOUND',
    SpanStatusCode.UNSET,
  ],
  ['what nobody expected', new Error('duplicate key (email)=(jane@example.org)'), 'INTERNAL', SpanStatusCode.ERROR],
  ['a database that is away', Object.assign(new Error('x'), { code: '57P01' }), 'UNAVAILABLE', SpanStatusCode.ERROR],
])('what is thrown is told by its code alone: %s', async (_, error, code, status) => {
  await expect(traceArrival({ name: 'failing' }, parent(6), () => Promise.reject(error))).rejects.toBe(error)
  const [span] = named('failing')
  expect(span!.attributes['clientele.outcome']).toBe(code)
  expect(span!.status).toEqual({ code: status })
  expect(span!.events).toEqual([])
})

test('an outcome that is told is kept', async () => {
  await traceArrival({ name: 'told' }, parent(7), async (span) => setOutcome(span, 'CONFLICT'))
  expect(named('told')[0]!.attributes).toEqual({ 'clientele.outcome': 'CONFLICT' })
})

test('lines of the log carry the trace that they belong to, and no other line does', async () => {
  const lines: Record<string, unknown>[] = []
  const log = createLog({ name: 'x', destination: { write: (line: string) => void lines.push(JSON.parse(line)) } })
  await traceArrival({ name: 'logging' }, parent(8), async () => log.child({ a: 1 }).info({ b: 2 }, 'inside'))
  log.info('outside')
  const { spanId } = named('logging')[0]!.spanContext()
  expect(lines[0]).toMatchObject({ a: 1, b: 2, msg: 'inside', trace_id: trace(8), span_id: spanId })
  expect(Object.keys(lines[1]!)).toEqual(['level', 'time', 'service', 'msg'])
})

test('without a tracer work is done as it is, with no span', async () => {
  setTracer(undefined)
  const work = async (span: unknown) => [span, currentTraceparent()]
  expect(await traceArrival({ name: 'x' }, parent(9), work)).toEqual([undefined, undefined])
  expect(await tracePart({ name: 'x' }, work)).toEqual([undefined, undefined])
  expect(await traceSequel({ name: 'x' }, [parent(9)], work)).toEqual([undefined, undefined])
  expect(spans()).toEqual([])
})
