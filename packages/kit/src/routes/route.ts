import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Actor } from '../auth/actor.js'
import type { Context } from '../service/context.js'

/** A page, feed or file that a service serves to whoever has its link, without a bearer token. */
export interface Route {
  /** GET answers HEAD too. */
  method: 'GET' | 'POST' | 'PUT'
  /** Such as `/calendar/:token.ics`: the prefix that ingress leads to the service, and the token, of A-Z a-z 0-9 . _ ~ -. */
  path: string
  /** How many bytes the body of a request may have; none unless given. */
  bodyBytes?: number
  /** Whether a body may take as long as it goes on arriving, such as a file on a slow line; otherwise the whole answer has its 30 seconds. */
  longBody?: boolean
  /**
   * Whom the token stands for, with their tenant; undefined for one that is wrong, unknown or over: all of these look as if there were
   * nothing. `ctx` is nobody's and sees nothing until it is used as somebody of the tenant that the token names.
   */
  holder(ctx: Context, token: string): Promise<Actor | undefined>
  /** `ctx` is the holder's. What it throws is answered with the code and reason that GraphQL would tell. */
  answer(ctx: Context, request: RouteRequest): Promise<RouteAnswer>
}

export interface RouteRequest {
  token: string
  method: string
  query: URLSearchParams
  /** Without cookies and bearer tokens, which mean nothing here. */
  headers: IncomingHttpHeaders
  /** Empty for GET; fails with 413 as soon as it is larger than the route allows. `node:stream/consumers` reads it whole. */
  body: Readable
  /** Aborted when the client leaves, or when the answer takes too long: whatever is done for it ends then. */
  signal: AbortSignal
}

export interface RouteAnswer {
  /** 200 unless given. */
  status?: number
  /** Beside those of every answer, which allow no script, no cache and no frame; what is named here replaces one of them. */
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array | Readable
}

const form = /^\/[a-z0-9-]+(\/[a-z0-9-]+)*\/:token(\.[a-z]+)?$/

/** Throws where a service's routes cannot be served as they are declared. */
export const checkRoutes = (routes: readonly Route[]) => {
  const places = routes.map(({ method, path }) => `${method} ${path}`)
  for (const [at, { method, path, bodyBytes }] of routes.entries()) {
    const place = `${method} ${path}`
    if (!form.test(path))
      throw new Error(`route ${place}: its path is a prefix and a token, as in /calendar/:token.ics`)
    if (method === 'GET' && bodyBytes) throw new Error(`route ${place}: a GET has no body`)
    if (places.indexOf(place) !== at) throw new Error(`route ${place} is declared twice`)
  }
}
