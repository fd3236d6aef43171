import { health, type RunningService, serve } from '@clientele/kit'
import { serveParent } from '../surroundings/child.js'
import { runServices, type ServiceSurroundings } from './run-services.js'

let close = async () => {}

/** One service behind HTTP in a process of its own. */
const start = async (options: ServiceSurroundings & { service: string }) => {
  const { running, log, stop } = await runServices(options, [options.service])
  const [service] = running as [RunningService]
  const server = await serve({
    subgraph: service.subgraph,
    health: health({ checks: service.checks }),
    host: '127.0.0.1',
    port: 0,
    log,
  })
  close = async () => {
    await server.stop()
    await stop()
  }
  return { url: server.url }
}

serveParent(start, () => close())
