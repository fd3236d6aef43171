import { createServer } from 'node:http'
import { closeServer, type Listening, listen } from '../http/listening.js'
import { answerMetrics, metricsPath } from './answer-metrics.js'
import type { Metrics } from './metrics.js'

export interface MetricsServer extends Listening {
  stop(): Promise<void>
}

/**
 * Serves metrics on a port that has nothing else, so that clients of the API cannot read them.
 * @throws Conflict `port.taken`, Invalid `port.unusable`
 */
export const serveMetrics = async (metrics: Metrics, o: { host: string; port: number }): Promise<MetricsServer> => {
  const server = createServer((request, response) => {
    if (request.url?.split('?', 1)[0] !== metricsPath) {
      response.writeHead(404).end()
      return
    }
    answerMetrics(metrics, request, response).catch(() => response.writeHead(500).end())
  })
  const place = await listen(server, { ...o, setting: 'METRICS_PORT' })
  return { ...place, stop: () => closeServer(server, 1_000) }
}
