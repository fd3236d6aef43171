import { startGateway } from '@clientele/gateway'
import { serveParent } from '../surroundings/child.js'
import { runServices, type ServiceSurroundings } from './run-services.js'

let close = async () => {}

/** The five services and the gateway in one process, as `npm start` runs them. */
const start = async (options: ServiceSurroundings) => {
  const { running, verifier, log, stop } = await runServices(options, Object.keys(options.databases))
  const gateway = await startGateway({
    config: { port: 0, executor: options.reading },
    subgraphs: running.map(({ subgraph }) => subgraph),
    verifier,
    log,
  })
  close = async () => {
    await gateway.stop()
    await stop()
  }
  return { url: `${gateway.url}/graphql` }
}

serveParent(start, () => close())
