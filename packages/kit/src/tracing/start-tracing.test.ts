import { execFileSync } from 'node:child_process'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { startOtlpReceiver } from '@clientele/testkit/otlp-receiver'
import { loadConfig } from '../config/config.js'
import { createLog } from '../config/log.js'
import { traceArrival } from './spans.js'
import { startTracing } from './start-tracing.js'
import { spanEndpoint, tracingSettings } from './tracing-settings.js'

const silent = createLog({ name: 'test', level: 'silent' })
const settingsOf = (env: Record<string, string>) => loadConfig(tracingSettings, env)
const endpoint = 'http://collector:4318'

test.each<[string, Record<string, string>, string | undefined]>([
  ['nothing is said', {}, undefined],
  ['a collector is named', { OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` }, `${endpoint}/v1/traces`],
  [
    'one for traces alone is',
    { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces/in' },
    'http://traces/in',
  ],
  ['traces are not wanted', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_EXPORTER: 'none' }, undefined],
  ['the SDK is not', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: 'true' }, undefined],
])('where spans go when %s', (_, env, expected) => {
  expect(spanEndpoint(settingsOf(env))).toBe(expected)
})

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_TRACES_SAMPLER', 'sometimes'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ['OTEL_TRACES_SAMPLER_ARG', '1 %'],
])('%s=%s is told before anything starts', (name, value) => {
  expect(() => settingsOf({ [name]: value })).toThrow(`${name} is wrong`)
})

const traced = async (env: Record<string, string>, arrivals = 1) => {
  const tracing = await startTracing('clientele-test', settingsOf(env), silent)
  for (let at = 0; at < arrivals; at++) await traceArrival({ name: 'arrival' }, undefined, async () => {})
  await tracing.stop()
}

test.each([
  ['parentbased_always_on', '', 100, 100],
  ['always_off', '', 0, 0],
  ['traceidratio', '0.2', 5, 45],
  ['parentbased_traceidratio', '0', 0, 0],
])('of 100 traces by %s %s so many are sent', async (sampler, share, least, most) => {
  const receiver = await startOtlpReceiver()
  const settings = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_TRACES_SAMPLER: sampler,
    OTEL_TRACES_SAMPLER_ARG: share,
  }
  await traced(settings, 100)
  await receiver.stop()
  expect(receiver.spans.length).toBeGreaterThanOrEqual(least)
  expect(receiver.spans.length).toBeLessThanOrEqual(most)
  for (const span of receiver.spans) expect(span).toMatchObject({ name: 'arrival', process: 'clientele-test' })
})

test('they are sent as protobuf unless JSON is asked for', async () => {
  const received: { url?: string | undefined; headers: IncomingHttpHeaders; bytes: number }[] = []
  const server = createServer(async (request, response) => {
    received.push({ url: request.url, headers: request.headers, bytes: (await buffer(request)).length })
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await traced({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` })
  server.closeAllConnections()
  server.close()
  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({ url: '/v1/traces', headers: { 'content-type': 'application/x-protobuf' } })
})

test('a collector that is away is told of once, and keeps no process from stopping', async () => {
  const lines: string[] = []
  const log = createLog({ name: 'x', destination: { write: (line: string) => void lines.push(line) } })
  const settings = settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })
  const tracing = await startTracing('clientele-test', settings, log)
  await traceArrival({ name: 'arrival' }, undefined, async () => {})
  const began = performance.now()
  await tracing.stop()
  expect(performance.now() - began).toBeLessThan(6_000)
  expect(lines.filter((line) => line.includes('spans cannot be sent'))).not.toEqual([])
})

test('where there is no collector, nothing of the SDK is loaded', () => {
  const program = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
    const { createLog, loadConfig, startTracing, tracingSettings } = await import('@clientele/kit')
    const log = createLog({ name: 'x', level: 'silent' })
    for (const env of [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }]) {
      await startTracing('x', loadConfig(tracingSettings, env), log)
      console.log(loaded.some((url) => url.includes('@opentelemetry/sdk-trace')))
    }
    process.exit()`
  const options = { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' as const }
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', program], options)
  expect(told.trim().split('\n')).toEqual(['false', 'true'])
})
