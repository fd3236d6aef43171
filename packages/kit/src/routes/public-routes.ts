import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SpanKind } from '@opentelemetry/api'
import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { expectedError } from '../errors/map-error.js'
import type { RequestOrigin } from '../graphql/executor.js'
import { setAnswerHeaders } from '../http/answers/answer-headers.js'
import { faultAnswer } from '../http/answers/fault-answer.js'
import { HttpFault } from '../http/answers/http-fault.js'
import { statusOf } from '../http/answers/status-of.js'
import { clientAddress, trustedProxies } from '../http/requests/client-address.js'
import { headerOf, headersOf, type RequestHeaders } from '../http/requests/contract-headers.js'
import { requestIdOf } from '../http/requests/request-id.js'
import { createTokenBuckets, type RateVerdict, tooManyRequests } from '../http/requests/token-buckets.js'
import { type Translations, tellAnswer, withKit } from '../messages/messages.js'
import type { RunningService } from '../service/running-service.js'
import type { Service } from '../service/service.js'
import { currentTraceparent } from '../tracing/current-span.js'
import { traceArrival } from '../tracing/spans.js'
import { nothingHere } from './bound-routes.js'
import { startDeadline } from './deadline.js'
import { allowLongBody } from './late-bodies.js'
import type { PublicSettings } from './public-settings.js'
import type { Route, RouteAnswer, RouteRequest } from './route.js'

export interface PublicRoutesOptions {
  services: readonly Pick<Service, 'name' | 'routes' | 'translations'>[]
  /** The service of a name, as soon as it is up. */
  running(name: string): Pick<RunningService, 'routes'> | undefined
  settings: Omit<PublicSettings, 'PUBLIC_URL'>
  log: Log
  /** How long an answer may take, or a body that may take long stand still, in milliseconds; 30 000 unless given. */
  timeoutMs?: number
}

/** Answers a request that is for one of the routes; resolves to false for any other. */
export type PublicRoutes = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

interface Place {
  service: string
  translations: Translations | undefined
  route: Route
  pattern: RegExp
}

/**
 * The public routes of the services of one process. A request is counted by its address and by its token, comes without cookies, and is
 * answered in time or not at all; the log tells which route it was for and never the token.
 * @throws Error where two services declare one route
 */
export const createPublicRoutes = (o: PublicRoutesOptions): PublicRoutes => {
  const { settings, log, timeoutMs = 30_000 } = o
  const places = o.services.flatMap((service) => (service.routes ?? []).map((route) => placeOf(service, route)))
  refuseShared(places)
  const trusted = trustedProxies(settings.TRUSTED_PROXIES)
  const buckets = createTokenBuckets()

  const count = (key: string, perMinute: number) => refuse(buckets.take(key, perMinute))

  const replyTo = async (
    request: IncomingMessage,
    { at, token, origin, gone }: { at: readonly Place[]; token: string; origin: RequestOrigin; gone: AbortSignal },
  ): Promise<RouteAnswer> => {
    count(`address ${origin.address}`, settings.PUBLIC_RATE_PER_ADDRESS)
    count(`token ${token}`, settings.PUBLIC_RATE_PER_TOKEN)
    const methods = at.flatMap(({ route: { method } }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    if (request.method === 'OPTIONS') return { status: 204, headers: preflight(methods) }
    const place = at.find(({ route }) => route.method === (request.method === 'HEAD' ? 'GET' : request.method))
    if (!place) {
      const allow = methods.join(', ')
      throw new HttpFault(405, 'INVALID', `Use ${allow} here.`, {
        reason: 'request.method',
        params: { allowed: allow },
        headers: { allow },
      })
    }
    const { route } = place
    const bound = o.running(place.service)?.routes.get(route)
    if (!bound) throw new Unavailable('The service is starting.', { reason: 'start' })
    const { cookie: _, authorization: __, ...headers } = request.headers
    const deadline = startDeadline(timeoutMs)
    if (route.longBody) allowLongBody(request)
    const asked: RouteRequest = {
      token,
      method: request.method as string,
      query: new URLSearchParams(/\?(.*)$/s.exec(request.url as string)?.[1]),
      headers,
      body: bodyOf(request, route.method === 'GET' ? 0 : (route.bodyBytes ?? 0), route.longBody && deadline.extend),
      signal: AbortSignal.any([deadline.signal, gone]),
    }
    // A link is a secret: a trace has the pattern of its path alone.
    const answered = traceArrival(tracedRoute(place), headerOf(headersOf(headers), 'traceparent'), () => {
      const traceparent = currentTraceparent()
      return bound(asked, { ...origin, ...(traceparent && { traceparent }) })
    })
    return Promise.race([answered, deadline.passed]).finally(deadline.end)
  }

  return async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    const at = places.filter(({ pattern }) => pattern.test(path))
    const [first] = at
    if (!first) return false
    const began = performance.now()
    const requestId = requestIdOf(request.headers['x-request-id'])
    const headers = { ...headersOf(request.headers), 'x-request-id': requestId }
    const acceptLanguage = headerOf(headers, 'accept-language')
    const address = clientAddress(request, trusted)
    const origin = { requestId, address, ...(acceptLanguage && { acceptLanguage }) }
    const token = first.pattern.exec(path)?.[1] as string
    const gone = new AbortController()
    response.once('close', () => {
      gone.abort()
      const ms = Math.round(performance.now() - began)
      const { method } = request
      log.info({ route: first.route.path, method, status: response.statusCode, ms, requestId }, 'public request')
    })
    setAnswerHeaders(response, requestId)
    response.setHeader('access-control-allow-origin', '*')
    const reply = await replyTo(request, { at, token, origin, gone: gone.signal }).catch((error: unknown) =>
      faultReply(log, error, headers, first.translations),
    )
    await send(request, response, reply)
    return true
  }
}

/** A token is taken as it stands: what is percent-encoded is none. */
const placeOf = ({ name, translations }: Pick<Service, 'name' | 'translations'>, route: Route): Place => {
  const [prefix = '', suffix = ''] = route.path.split(':token')
  const pattern = new RegExp(`^${prefix}([A-Za-z0-9._~-]{1,2048})${suffix.replace('.', '\\.')}$`)
  return { service: name, translations, route, pattern }
}

const tracedRoute = ({ service, route: { method, path } }: Place) => ({
  name: `${method} ${path}`,
  kind: SpanKind.SERVER,
  attributes: { 'clientele.service': service, 'http.request.method': method, 'http.route': path },
})

const refuseShared = (places: readonly Place[]) => {
  for (const { service, route } of places) {
    const other = places.find((each) => each.route.path === route.path && each.service !== service)
    if (other) throw new Error(`${service} and ${other.service} both declare the route ${route.path}`)
  }
}

const refuse = (verdict: RateVerdict) => {
  if (!verdict.passes) throw tooManyRequests(verdict)
}

/** What a page of another origin may send: there are no cookies, so whoever has the link could send it anyway. */
const preflight = (methods: readonly string[]) => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': 'content-type, range',
  'access-control-max-age': '600',
})

/** What is told of each piece of a body, if anything. */
type Arrived = (() => void) | false | undefined

const bodyOf = (request: IncomingMessage, most: number, arrived: Arrived) => {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > most) throw tooLarge(announced, most)
  let size = 0
  const body = new Transform({
    transform: (chunk: Buffer, _, done) => {
      size += chunk.length
      if (size > most) return done(tooLarge(size, most))
      if (arrived) arrived()
      done(null, chunk)
    },
  })
  // Whoever reads it is told; nobody need.
  body.on('error', () => {})
  request.once('close', () => {
    if (!request.complete) body.destroy(new Error('the client has left'))
  })
  // It can be given up while nothing arrives, and the request is not destroyed with it, so that its client gets the answer and no reset.
  return request.pipe(body)
}

const tooLarge = (found: number, most: number) =>
  new HttpFault(413, 'INVALID', `The request body has ${found} bytes or more; the limit is ${most}.`, {
    reason: 'body.too_large',
    params: { most },
  })

const faultReply = (log: Log, error: unknown, headers: RequestHeaders, translations?: Translations): RouteAnswer => {
  const known = error instanceof HttpFault ? error : expectedError(error)
  if (known?.code === 'UNAVAILABLE')
    log.error({ err: known, requestId: headerOf(headers, 'x-request-id') }, 'request failed')
  const told = known
    ? tellAnswer({ errors: [{ message: known.message, extensions: known.extensions }] }, headers, withKit(translations))
    : faultAnswer(log, error, headers)
  return {
    status: known instanceof HttpFault ? known.status : statusOf(known?.code),
    headers: { ...json, ...(known instanceof HttpFault && known.headers) },
    body: JSON.stringify(told),
  }
}

const json = { 'content-type': 'application/json; charset=utf-8' }

/** A reader that takes nothing for a minute is let go. */
const stalledMs = 60_000

const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, headers, body }: RouteAnswer,
) => {
  const stream = body instanceof Readable ? body : undefined
  if (response.destroyed) return void stream?.destroy()
  // What was not read of a body would stand before the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  if (typeof body === 'string') response.setHeader('content-length', Buffer.byteLength(body))
  if (body instanceof Uint8Array) response.setHeader('content-length', body.byteLength)
  response.writeHead(status, headers)
  if (request.method === 'HEAD' || !stream) {
    stream?.destroy()
    response.end(stream ? undefined : body)
    return
  }
  response.setTimeout(stalledMs, () => response.destroy())
  // The status is out: a stream that breaks cuts the answer off, which its reader sees.
  await pipeline(stream, response).catch(() => {})
}

/** For requests that no route is for, where a server has nothing but routes. */
export const answerNothingHere = (response: ServerResponse, log: Log) => {
  setAnswerHeaders(response, requestIdOf(undefined))
  const { status = 404, headers, body } = faultReply(log, nothingHere(), {})
  if (!response.req.complete) response.setHeader('connection', 'close')
  response.writeHead(status, headers).end(body)
}
