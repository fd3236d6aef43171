import { counter, durations, histogram, type Metrics, type OperationKind } from '@clientele/kit'

/** What came of a fetch; a speculative one that is no plain read has to be made again. */
export type FetchOutcome = 'ok' | 'errors' | 'given_up' | 'away' | 'not_speculative'

/** What the gateway counts while it works. */
export interface GatewayMetrics {
  /** `outcome` is OK or the code of the first error. */
  request(operation: OperationKind, outcome: string, seconds: number): void
  /** Why a request was refused before it ran: one of the reasons in the code, such as a limit. */
  refused(reason: string): void
  fetch(subgraph: string, outcome: FetchOutcome, seconds: number): void
}

export const createGatewayMetrics = (metrics: Metrics): GatewayMetrics => {
  const requests = histogram(metrics, {
    name: 'clientele_gateway_request_duration_seconds',
    help: 'Requests of clients, by outcome: OK or the code of the first error',
    labelNames: ['operation', 'outcome'],
    buckets: durations,
  })
  const refused = counter(metrics, {
    name: 'clientele_gateway_refused_total',
    help: 'Requests that were refused before they ran, by reason',
    labelNames: ['reason'],
  })
  const fetches = histogram(metrics, {
    name: 'clientele_gateway_fetch_duration_seconds',
    help: 'Fetches from subgraphs, by outcome',
    labelNames: ['subgraph', 'outcome'],
    buckets: durations,
  })
  return {
    request: (operation, outcome, seconds) => requests.observe({ operation, outcome }, seconds),
    refused: (reason) => refused.inc({ reason }),
    fetch: (subgraph, outcome, seconds) => fetches.observe({ subgraph, outcome }, seconds),
  }
}
