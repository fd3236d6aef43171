import type { Sampler } from '@opentelemetry/sdk-trace'
import type { Log } from '../config/log.js'
import { inTime } from '../service/in-time.js'
import { setTracer } from './spans.js'
import { spanEndpoint, type TracingSettings } from './tracing-settings.js'

export interface Tracing {
  /** Sends what is recorded, for some seconds at most. */
  stop(): Promise<void>
}

const stopMs = 3_000
/** A collector that is away is told of once in so many milliseconds. */
const tellEveryMs = 60_000
/** Longer texts are cut. */
const mostCharacters = 256

/**
 * Has this process trace what it does, where its settings name a collector; otherwise nothing of OpenTelemetry's SDK is loaded. `name` says which
 * process it is. One at a time: spans belong to the process.
 */
export const startTracing = async (name: string, settings: TracingSettings, log: Log): Promise<Tracing> => {
  const endpoint = spanEndpoint(settings)
  if (!endpoint) return { stop: async () => {} }
  const [{ diag, DiagLogLevel }, { BatchSpanProcessor, TracerProvider }, resources, { OTLPTraceExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/resources'),
      exporterOf(settings),
    ])
  let toldAt = Number.NEGATIVE_INFINITY
  const tell = (detail: string) => {
    if (performance.now() - toldAt < tellEveryMs) return
    toldAt = performance.now()
    log.warn({ detail }, 'spans cannot be sent')
  }
  const quiet = () => {}
  diag.setLogger({ error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN)
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources
  const named = settings.OTEL_SERVICE_NAME ? { 'service.name': settings.OTEL_SERVICE_NAME } : {}
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': name }))
      .merge(detectResources({ detectors: [envDetector] }))
      .merge(resourceFromAttributes(named)),
    sampler: await samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: endpoint }) })],
    spanLimits: { attributeValueLengthLimit: mostCharacters },
  })
  setTracer(provider.getTracer('clientele'))
  return {
    stop: async () => {
      setTracer(undefined)
      await inTime(stopMs, () => provider.shutdown()).catch((err: unknown) => log.warn({ err }, 'spans cannot be sent'))
      diag.disable()
    },
  }
}

const exporterOf = (settings: TracingSettings) => {
  const protocol = settings.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? settings.OTEL_EXPORTER_OTLP_PROTOCOL
  return protocol === 'http/json'
    ? import('@opentelemetry/exporter-trace-otlp-http')
    : import('@opentelemetry/exporter-trace-otlp-proto')
}

const samplerOf = async (settings: TracingSettings): Promise<Sampler> => {
  const { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, TraceIdRatioBasedSampler } = await import(
    '@opentelemetry/sdk-trace'
  )
  const { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: share } = settings
  const samplers = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(share),
  }
  const root = samplers[name.replace('parentbased_', '') as keyof typeof samplers]()
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
}
