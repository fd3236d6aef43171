import { createServer } from 'node:http'
import { drained } from '../http/drain.js'
import { closeServer, type Listening, listen } from '../http/listening.js'
import { endLateBodies, noRequestTimeout } from './late-bodies.js'
import { answerNothingHere, createPublicRoutes, type PublicRoutesOptions } from './public-routes.js'

export interface PublicServer extends Listening {
  /** Answers for `drainMs` more (0 unless given), then takes no new connections, answers what is in flight and closes; cuts off what lasts longer than `graceMs` (10 s unless given). */
  stop(o?: { drainMs?: number; graceMs?: number }): Promise<void>
}

const timeouts = { ...noRequestTimeout, keepAliveTimeout: 65_000 }

/**
 * Serves public routes on a port that has nothing else.
 * @throws Conflict `port.taken`, Invalid `port.unusable`
 */
export const servePublicRoutes = async (
  o: PublicRoutesOptions & { host: string; port: number },
): Promise<PublicServer> => {
  const routes = createPublicRoutes(o)
  let stopping: Promise<void> | undefined
  const server = createServer(timeouts, async (request, response) => {
    if (stopping) response.setHeader('connection', 'close')
    response.once('close', () => {
      if (stopping) setImmediate(() => server.closeIdleConnections())
    })
    if (!(await routes(request, response))) answerNothingHere(response, o.log)
  })
  endLateBodies(server)
  const place = await listen(server, { ...o, setting: 'PUBLIC_PORT' })
  return {
    ...place,
    stop: ({ drainMs = 0, graceMs = 10_000 } = {}) => {
      stopping ??= drained(drainMs, () => closeServer(server, graceMs))
      return stopping
    },
  }
}
