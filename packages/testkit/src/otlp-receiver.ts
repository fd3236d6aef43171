import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** A span as a collector sees it. */
export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number
  links?: { traceId: string; spanId: string }[]
  status?: { code?: number; message?: string }
  events?: unknown[]
  attributes: Record<string, unknown>
  /** Which process sent it: its `service.name`. */
  process: string
}

interface Value {
  stringValue?: string
  intValue?: number | string
  doubleValue?: number
  boolValue?: boolean
}
type Attributes = { key: string; value: Value }[]
interface Sent {
  resourceSpans: {
    resource: { attributes: Attributes }
    scopeSpans: { spans: (Omit<ReceivedSpan, 'attributes' | 'process'> & { attributes: Attributes })[] }[]
  }[]
}

const plain = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** A collector of traces that takes OTLP over HTTP as JSON, and keeps what it gets. */
export const startOtlpReceiver = async () => {
  const spans: ReceivedSpan[] = []
  const server = createServer((request, response) => {
    const take = async () => {
      if (request.url !== '/v1/traces') return response.writeHead(404).end()
      const { resourceSpans } = (await json(request)) as Sent
      for (const { resource, scopeSpans } of resourceSpans) {
        const process = String(plain(resource.attributes)['service.name'])
        for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
          spans.push({ ...span, attributes: plain(span.attributes), process })
        }
      }
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }
    take().catch(() => response.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    of: (traceId: string) => spans.filter((span) => span.traceId === traceId),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
