import type { NatsConnection } from '@nats-io/transport-node'
import type { ChainKey } from '../audit/audit-chain.js'
import { sealing } from '../audit/audit-seal.js'
import { createConsumption } from '../events/consumption.js'
import type { Inbox } from '../events/inbox.js'
import { createRelay } from '../events/relay.js'
import { createSlowTurns } from '../events/slow-turns.js'
import { housekeeping } from '../jobs/housekeeping.js'
import { createJob } from '../jobs/job.js'
import type { ServiceMetrics } from '../metrics/service-metrics.js'
import type { Fence, Leases } from '../postgres/leases.js'
import { slowTimersJob } from '../timers/slow-timer.job.js'
import { isSlow, type Timer } from '../timers/timer.js'
import { timersJob } from '../timers/timers.job.js'
import type { Context } from './context.js'
import type { Service } from './service.js'
import type { Surroundings } from './surroundings.js'

interface Options {
  service: Service
  around: Surroundings & Required<Pick<Surroundings, 'now' | 'settings'>>
  /** How many transactions the service may have at a time. */
  transactions: number
  inbox: Inbox
  nats: NatsConnection
  leases: Leases
  chainKey: ChainKey
  observe: ServiceMetrics
  forTenant(tenant: string, fence: Fence | undefined): Context
}

const defaultBackoff = [1_000, 5_000, 30_000, 120_000, 600_000]

/** What a service does by itself: it publishes its events, takes those of others, and runs its jobs and timers. */
export const createBackground = ({ service, around, inbox, nats, leases, observe, ...o }: Options) => {
  const { log, now, settings, stream, backoff = defaultBackoff } = around
  const { system } = inbox
  const relay = createRelay({ service: service.name, system, leases, nats, stream, observe: observe.published, log })
  const slowTurns = createSlowTurns(Math.max(1, Math.floor(o.transactions / 4)))
  const consumptions = (service.consumers ?? []).map((consumer) =>
    createConsumption({ consumer, nats, stream, inbox, leases, slowTurns, backoff }),
  )
  const slow = (service.timers ?? []).filter(isSlow)
  const urgent = (service.timers ?? []).filter((timer): timer is Timer => !isSlow(timer))
  const timers = [
    ...(urgent.length ? [timersJob(service.name, urgent, observe.timers)] : []),
    ...(slow.length ? [slowTimersJob(service.name, slow, observe.timers)] : []),
  ]
  const ownJobs = [...timers, sealing(service.name, o.chainKey), housekeeping(service.name)]
  const ofJobs = { system, log, now, settings, account: around.peers, forTenant: o.forTenant }
  const jobs = [...(service.jobs ?? []), ...ownJobs].map((job) => createJob(job, ofJobs, leases, observe.job))
  const workers = [relay, ...consumptions, ...jobs]
  return {
    relay,
    consumptions,
    jobs,
    start: () => {
      for (const worker of workers) worker.start()
    },
    stop: async () => {
      await Promise.all([slowTurns.close(), ...workers.map((worker) => worker.stop())])
    },
  }
}
