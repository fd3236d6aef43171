import { startGateway } from '@clientele/gateway'
import { loadConfig, startTracing, tracingSettings } from '@clientele/kit'
import { serveParent } from '../surroundings/child.js'
import { runServices, type ServiceSurroundings } from './run-services.js'

let close = async () => {}

/** The five services and the gateway in one process, as `npm start` runs them. */
const start = async (options: ServiceSurroundings) => {
  const { running, verifier, log, stop } = await runServices(options, Object.keys(options.databases))
  const traced = options.collector && {
    OTEL_EXPORTER_OTLP_ENDPOINT: options.collector,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.01',
  }
  const tracing = await startTracing('bench', loadConfig(tracingSettings, traced || {}), log)
  const gateway = await startGateway({
    config: { port: 0, executor: options.reading },
    subgraphs: running.map(({ subgraph }) => subgraph),
    verifier,
    log,
  })
  close = async () => {
    await gateway.stop()
    await stop()
    await tracing.stop()
  }
  return { url: `${gateway.url}/graphql` }
}

serveParent(start, () => close())
