import { counter, durations, gauge, histogram, type Metrics, type OperationKind } from '@clientele/kit'

/** What came of a fetch; a speculative one that is no plain read has to be made again. */
export type FetchOutcome = 'ok' | 'errors' | 'given_up' | 'away' | 'not_speculative'

/** How the waiting of a heavy request ended. */
export type WaitOutcome = 'begun' | 'waited_too_long' | 'abandoned'

/** Told of heavy requests that wait for their turn. */
export interface WaitingMetrics {
  waits(): void
  /** One that waited does so no more. */
  waited(outcome: WaitOutcome, seconds: number): void
}

/** What the gateway counts while it works. */
export interface GatewayMetrics {
  /** `outcome` is OK or the code of the first error; `name` one that the operator knows, see `operation-names.ts`. */
  request(operation: OperationKind, name: string, outcome: string, seconds: number): void
  /** Why a request was refused before it ran: one of the reasons in the code, such as a limit. */
  refused(reason: string): void
  fetch(subgraph: string, outcome: FetchOutcome, seconds: number): void
  heavy: WaitingMetrics
}

/** Fewer than of requests in all: there are many names. In seconds. */
const operationDurations = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export const createGatewayMetrics = (metrics: Metrics): GatewayMetrics => {
  const requests = histogram(metrics, {
    name: 'clientele_gateway_request_duration_seconds',
    help: 'Requests of clients, by outcome: OK or the code of the first error',
    labelNames: ['operation', 'outcome'],
    buckets: durations,
  })
  const operations = histogram(metrics, {
    name: 'clientele_gateway_operation_duration_seconds',
    help: 'Requests of clients by the name of their operation, where the operator knows it, and by outcome',
    labelNames: ['name', 'outcome'],
    buckets: operationDurations,
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
  const waiting = gauge(metrics, {
    name: 'clientele_gateway_heavy_requests_waiting',
    help: 'Heavy requests that wait for their turn',
    labelNames: [],
  })
  waiting.set(0)
  const waited = histogram(metrics, {
    name: 'clientele_gateway_heavy_wait_seconds',
    help: 'How long heavy requests waited for their turn, by how the waiting ended',
    labelNames: ['outcome'],
    buckets: durations,
  })
  return {
    request: (operation, name, outcome, seconds) => {
      requests.observe({ operation, outcome }, seconds)
      operations.observe({ name, outcome }, seconds)
    },
    refused: (reason) => refused.inc({ reason }),
    fetch: (subgraph, outcome, seconds) => fetches.observe({ subgraph, outcome }, seconds),
    heavy: {
      waits: () => waiting.inc(),
      waited: (outcome, seconds) => {
        waiting.dec()
        waited.observe({ outcome }, seconds)
      },
    },
  }
}
