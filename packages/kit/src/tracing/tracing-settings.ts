import { z } from 'zod'
import { flag, url } from '../config/config.js'

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

const protocols = ['http/protobuf', 'http/json'] as const

const share = () =>
  z
    .string()
    .refine((text) => /^(0|1|0?\.\d{1,9}|[01]\.0*)$/.test(text), 'no share')
    .transform(Number)
    .describe('a share from 0 to 1, such as 0.01')

/** Read by OpenTelemetry's exporter and its resource themselves; they are here to be known, such as to the chart. */
const readElsewhere = {
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: z.string().optional(),
  OTEL_EXPORTER_OTLP_COMPRESSION: z.string().optional(),
  OTEL_EXPORTER_OTLP_CERTIFICATE: z.string().optional(),
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: z.string().optional(),
  OTEL_EXPORTER_OTLP_CLIENT_KEY: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().optional(),
}

/** OpenTelemetry's own variables. */
export const tracingSettings = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: url().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(protocols).optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.enum(protocols).optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_TRACES_SAMPLER: z.enum(samplers).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: share().default(1),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_SDK_DISABLED: flag().default(false),
  ...readElsewhere,
})

export type TracingSettings = z.output<typeof tracingSettings>

/** Where spans go; undefined where there are none. */
export const spanEndpoint = (settings: TracingSettings): string | undefined => {
  if (settings.OTEL_SDK_DISABLED || settings.OTEL_TRACES_EXPORTER === 'none') return undefined
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: common } = settings
  return own ?? (common && `${common.replace(/\/$/, '')}/v1/traces`)
}
