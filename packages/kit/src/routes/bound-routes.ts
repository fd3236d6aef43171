import type { RequestTrail } from '../audit/audit-trail.js'
import { withheld } from '../audit/withheld.js'
import { type Actor, anonymous } from '../auth/actor.js'
import { Unavailable } from '../errors/errors.js'
import { expectedError } from '../errors/map-error.js'
import type { RequestOrigin } from '../graphql/executor.js'
import { HttpFault } from '../http/answers/http-fault.js'
import type { Context } from '../service/context.js'
import type { Route, RouteAnswer, RouteRequest } from './route.js'

/** Answers a request for one of a running service's routes, whoever serves it. */
export type BoundRoute = (request: RouteRequest, origin: RequestOrigin) => Promise<RouteAnswer>

interface Options {
  newTrail(): RequestTrail
  context(actor: Actor, origin: RequestOrigin, trail: RequestTrail): Context
  writeTrail(trail: RequestTrail, origin: RequestOrigin): Promise<void>
}

export const nothingHere = () => new HttpFault(404, 'NOT_FOUND', 'There is nothing here.', { reason: 'request.path' })

/** The routes of a service that is up. What one has shown and was refused is in the audit log before it is answered. */
export const bindRoutes = (routes: readonly Route[], o: Options): ReadonlyMap<Route, BoundRoute> =>
  new Map(routes.map((route) => [route, bind(route, o)]))

const bind =
  (route: Route, { newTrail, context, writeTrail }: Options): BoundRoute =>
  async (request, origin) => {
    const trail = newTrail()
    const nobody = context(anonymous, origin, trail)
    const holder = await route.holder(nobody, request.token)
    if (!holder) throw nothingHere()
    const ctx = nobody.as(holder)
    try {
      return await route.answer(ctx, request)
    } catch (error) {
      const { code, reason = 'role' } = expectedError(error) ?? {}
      if (code === 'FORBIDDEN') ctx.trail.denied({ action: route.path, reason })
      throw error
    } finally {
      await writeTrail(trail, origin).catch((cause: unknown) => {
        throw new Unavailable(withheld().message, { reason: 'audit', cause })
      })
    }
  }
