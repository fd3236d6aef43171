import type { NatsConnection } from '@nats-io/transport-node'
import type { Actor } from '../auth/verify-token.js'
import type { Keyring } from '../encryption/keyring.js'
import type { Consumption } from '../events/consumption.js'
import type { Inbox } from '../events/inbox.js'
import type { Relay } from '../events/relay.js'
import type { ReadinessCheck } from '../http/health.js'
import type { Subgraph } from '../http/transport.js'
import type { RunningJob } from '../jobs/job.js'
import type { Metrics } from '../metrics/metrics.js'
import type { Database } from '../postgres/database.js'
import type { BoundRoute } from '../routes/bound-routes.js'
import type { Route } from '../routes/route.js'
import type { Context } from './context.js'

/** A service that is up. */
export interface RunningService {
  name: string
  subgraph: Subgraph
  routes: ReadonlyMap<Route, BoundRoute>
  database: Database
  nats: NatsConnection
  /** Readiness checks by name. */
  checks: Record<string, ReadinessCheck>
  keyring: Keyring
  context(actor: Actor): Context
  inbox: Inbox
  relay: Relay
  metrics: Metrics
  consumptions: readonly Consumption[]
  jobs: readonly RunningJob[]
  /** Lets the background work finish what it has begun, then closes. Stop the transports in front first. May be called again. */
  stop(): Promise<void>
}
