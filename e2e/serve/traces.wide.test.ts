import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveAll } from '@clientele/cli/serve/serve'
import { type ReceivedSpan, startOtlpReceiver } from '@clientele/testkit/otlp-receiver'
import { until } from '@clientele/testkit/until'
import { startApart } from './apart.js'
import { startServeBacking } from './backing.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-traces-'))
const backing = await startServeBacking(dir)
const collector = await startOtlpReceiver()
/** What a partner is sent, headers first. */
const deliveries: IncomingHttpHeaders[] = []
const partner = createServer((request, response) => {
  deliveries.push(request.headers)
  response.writeHead(204).end()
})
await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', resolve))
const settings = {
  ...backing.env,
  LOG_LEVEL: 'error',
  WEBHOOK_ALLOW_LOOPBACK: 'true',
  STAFF_DIRECTORY: 'off',
  MEASURED_OPERATIONS: 'CreateCustomer',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
}
afterAll(async () => {
  partner.closeAllConnections()
  partner.close()
  await collector.stop()
  await backing.stop()
  await rm(dir, { recursive: true })
})

const ask = async (url: string, as: string, query: string, input: object, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await backing.token(as)}`, ...headers },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}
const ENDPOINT = 'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { id } }'
const CUSTOMER = 'mutation CreateCustomer($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const personal = { displayName: '王小明 O’Neil', kind: 'PERSON' }

/** One customer is created from a browser; resolves with the spans of its trace when the last one is there. */
const follow = async (url: string) => {
  const { port } = partner.address() as AddressInfo
  const types = ['clientele.profiles.customer.created.v1']
  await ask(url, 'admin', ENDPOINT, { url: `http://127.0.0.1:${port}/secret-path`, types })
  const traceId = randomBytes(16).toString('hex')
  const browser = randomBytes(8).toString('hex')
  await ask(url, 'manager', CUSTOMER, personal, { traceparent: `00-${traceId}-${browser}-01` })
  const delivered = await until(() => deliveries.find(({ traceparent }) => traceparent?.includes(traceId)))
  const done = ['POST webhook', 'mutation CreateCustomer', 'insert delivery', 'insert customer', `publish ${types[0]}`]
  const spans = await until(() => {
    const found = collector.of(traceId)
    // What a span is a part of ends after it, and is sent after it.
    const isWhole = found.every(
      ({ parentSpanId }) => parentSpanId === browser || found.some(({ spanId }) => spanId === parentSpanId),
    )
    return isWhole && done.every((name) => found.some((span) => span.name === name)) && found
  })
  return { spans, browser, delivered }
}

const together = async () => {
  const serving = await serveAll({ ...settings, PORT: '0' })
  await serving.ready
  return serving
}
const apart = () => startApart(['profiles', 'integrations'], settings)

test.each([
  ['in one process', together, ['clientele', 'clientele', 'clientele']],
  ['as processes apart', apart, ['clientele-gateway', 'clientele-profiles', 'clientele-integrations']],
])('a change is one trace from the browser to the partner: %s', async (_, start, [gateway, profiles, integrations]) => {
  const platform = await start()
  try {
    const { spans, browser, delivered } = await follow(platform.url)
    const one = (name: string) => spans.find((span) => span.name === name)!
    const childOf = (parent: ReceivedSpan, name: string) =>
      spans.find((span) => span.name === name && span.parentSpanId === parent.spanId)!
    const aroundChild = (parent: ReceivedSpan, name: string, child: string) =>
      spans.find((span) => span.name === name && span.parentSpanId === parent.spanId && childOf(span, child))!

    const request = one('mutation CreateCustomer')
    expect(request).toMatchObject({ parentSpanId: browser, kind: 2, process: gateway })
    expect(request.attributes).toMatchObject({ 'clientele.outcome': 'OK', 'clientele.tenant': 'acme' })
    const fetched = childOf(request, 'fetch profiles')
    expect(fetched).toMatchObject({ kind: 3, process: gateway })
    const service = childOf(fetched, 'profiles')
    expect(service).toMatchObject({ kind: 2, process: profiles })
    // The first request of a person makes them staff, in a transaction and by an event of its own.
    const transaction = aroundChild(service, 'transaction', 'insert customer')
    for (const statement of ['insert outbox', 'insert audit_entry']) {
      expect(childOf(transaction, statement)).toMatchObject({ kind: 3, process: profiles })
    }

    const event = 'clientele.profiles.customer.created.v1'
    expect(childOf(service, `publish ${event}`)).toMatchObject({ kind: 4, process: profiles })
    const queued = one('insert delivery')
    const consumed = spans.find(({ spanId }) => spanId === queued.parentSpanId)!
    const consumer = spans.find(({ spanId }) => spanId === consumed.parentSpanId)!
    const expected = { name: 'integrations-webhooks', kind: 5, process: integrations, parentSpanId: service.spanId }
    expect(consumer).toMatchObject(expected)
    const posted = childOf(service, 'POST webhook')
    expect(posted).toMatchObject({ kind: 3, process: integrations })
    expect(posted.attributes).toMatchObject({ 'http.response.status_code': 204, 'clientele.outcome': 'OK' })
    expect(delivered.traceparent).toBe(`00-${request.traceId}-${posted.spanId}-01`)

    for (const span of spans) {
      expect([span.name, span.status?.code ?? 0]).toEqual([span.name, 0])
      expect(span.events ?? []).toEqual([])
      const told = JSON.stringify([span.name, span.attributes])
      expect(told).not.toMatch(/王小明|Neil|PERSON|secret-path|127\.0\.0\.1|values|\$1|createCustomer/)
    }
  } finally {
    await platform.stop()
  }
})
