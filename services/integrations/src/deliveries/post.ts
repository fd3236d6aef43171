import { limits } from '@clientele/contracts'
import { currentTraceparent, type Span, SpanKind, traceparentIn, traceSequel } from '@clientele/kit'
import { type Dispatcher, request } from 'undici'
import { signaturesOf } from '../webhook-endpoints/webhook-secret.js'
import { type UrlRules, urlFault } from '../webhook-endpoints/webhook-url.js'
import { type Outcome, retryAtOf } from './verdict.js'

/** What is posted where. */
export interface Parcel {
  url: string
  eventId: string
  body: string
  /** Signing secrets that are valid now, the newest first. */
  secrets: readonly string[]
  isTest: boolean
}

export interface PostOptions {
  agent: Dispatcher
  rules: UrlRules
  timeoutMs: number
  now(): Date
}

/** Posts one event as Standard Webhooks 1.0 asks for it: signed afresh, no redirect followed, little of the answer read. Never throws. */
export const post = (parcel: Parcel, o: PostOptions): Promise<Outcome> =>
  traceSequel(traced, [traceparentIn(parcel.body)], async (span) => {
    const started = performance.now()
    const outcome = await attempt(parcel, o).catch((error: unknown) => ({
      statusCode: null,
      error: codeOf(error),
      retryAt: null,
      snippet: null,
    }))
    tellSpan(span, outcome)
    return { ...outcome, durationMs: Math.round(performance.now() - started) }
  })

// Where it went stays out: a URL may hold a secret.
const traced = { name: 'POST webhook', kind: SpanKind.CLIENT, attributes: { 'clientele.service': 'integrations' } }

const tellSpan = (span: Span | undefined, { statusCode, error }: Pick<Outcome, 'statusCode' | 'error'>) => {
  if (statusCode !== null) span?.setAttribute('http.response.status_code', statusCode)
  span?.setAttribute('clientele.outcome', error ?? 'OK')
}

const attempt = async (parcel: Parcel, o: PostOptions): Promise<Omit<Outcome, 'durationMs'>> => {
  if (urlFault(parcel.url, o.rules)) return { statusCode: null, error: 'url.refused', retryAt: null, snippet: null }
  const timestamp = Math.floor(o.now().getTime() / 1000)
  const traceparent = currentTraceparent()
  const { statusCode, headers, body } = await request(parcel.url, {
    method: 'POST',
    dispatcher: o.agent,
    signal: AbortSignal.timeout(o.timeoutMs),
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'Clientele-Webhooks/1',
      'webhook-id': parcel.eventId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signaturesOf(parcel.secrets, parcel.eventId, timestamp, parcel.body),
      ...(parcel.isTest && { 'clientele-test': 'true' }),
      ...(traceparent && { traceparent }),
    },
    body: parcel.body,
  })
  return {
    statusCode,
    error: errorOf(statusCode),
    retryAt: retryAtOf([headers['retry-after']].flat()[0], o.now()),
    snippet: await snippetOf(body).catch(() => null),
  }
}

const errorOf = (status: number) => {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? 'http.redirect' : 'http.status'
}

// Leaving the loop early destroys the rest of the body.
const snippetOf = async (body: AsyncIterable<Buffer>) => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= limits.responseSnippetBytes) break
  }
  if (!size) return null
  // PostgreSQL stores no NUL in a text.
  return Buffer.concat(chunks).subarray(0, limits.responseSnippetBytes).toString('utf8').replaceAll('\0', '\uFFFD')
}

const codes: Record<string, string> = {
  CLIENTELE_URL_REFUSED: 'url.refused',
  ECONNREFUSED: 'connection.refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
}

/** A stable code for what went wrong below HTTP; messages may quote addresses and are not kept. */
const codeOf = (error: unknown): string => {
  const { name, code = '' } = error as { name?: string; code?: string }
  if (name === 'TimeoutError') return 'timeout'
  const known = codes[code]
  if (known) return known
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)|ERR_CERT|EPROTO/.test(code)
    ? 'tls'
    : 'connection.failed'
}
