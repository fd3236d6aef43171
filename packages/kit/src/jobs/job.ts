import type pg from 'pg'
import type { Log } from '../config/log.js'
import type { ServiceMetrics } from '../metrics/service-metrics.js'
import type { Fence, Leases } from '../postgres/leases.js'
import type { Context } from '../service/context.js'
import { createPause } from './pause.js'
import { createSetAside, type SetAside } from './set-aside.js'

/** What a job works with: the system role's pool to find its work across tenants, and a context per tenant to do it. */
export interface JobContext {
  system: pg.Pool
  log: Log
  now(): Date
  /** The service's own account at the issuer, as in `Context`. */
  account: Context['account']
  /** What the service's `config` read. */
  settings: Readonly<Record<string, unknown>>
  /** Aborted when the service stops: a long round finishes what it has begun and takes up nothing new. */
  signal: AbortSignal
  /** What the job fails at goes here: one bad row or tenant never stops the others. */
  setAside: SetAside
  forTenant(tenant: string): Context
}

/** Work that a service does by itself, every so often; with several replicas one of them does it. */
export interface Job {
  name: string
  everyMs: number
  /** Resolves with how much was done; anything but 0 makes the next round follow at once. */
  run(ctx: JobContext): Promise<number>
  /** Resolves when what goes on beside the rounds has ended; awaited before the service closes what it works with. */
  ended?(): Promise<void>
}

export interface RunningJob {
  name: string
  run(): Promise<number>
  start(): void
  stop(): Promise<void>
}

interface JobSurroundings extends Omit<JobContext, 'signal' | 'setAside' | 'forTenant'> {
  forTenant(tenant: string, fence: Fence | undefined): Context
}

/**
 * Runs a job in one process of the service at a time: a replica that comes second passes the round. `observe` is told of the rounds.
 */
export const createJob = (
  job: Job,
  around: JobSurroundings,
  leases: Leases,
  observe?: ServiceMetrics['job'],
): RunningJob => {
  const stopping = new AbortController()
  const setAside = createSetAside(job.name, around.log, around.now)
  const lease = `job ${job.name}`
  const ctx: JobContext = {
    ...around,
    signal: stopping.signal,
    setAside,
    forTenant: (tenant) => around.forTenant(tenant, leases.fence(lease)),
  }
  const pause = createPause()
  let running = false
  let loop: Promise<void> | undefined

  const run = async () => {
    if (running) return 0
    running = true
    try {
      return (await leases.hold(lease)) ? await round() : 0
    } finally {
      running = false
    }
  }

  const round = async () => {
    const began = performance.now()
    let outcome: 'ok' | 'failed' = 'failed'
    try {
      const done = await job.run(ctx)
      outcome = 'ok'
      return done
    } finally {
      observe?.(job.name, outcome, (performance.now() - began) / 1_000)
    }
  }

  const keepRunning = async () => {
    while (!stopping.signal.aborted) {
      const done = await run().catch((error: unknown) => {
        ctx.log.warn({ job: job.name, err: error }, 'a job failed and will be tried again')
        return 0
      })
      if (done || stopping.signal.aborted) continue
      await pause.wait(job.everyMs)
    }
  }

  return {
    name: job.name,
    run,
    start: () => {
      loop ??= keepRunning()
    },
    stop: async () => {
      stopping.abort()
      pause.wake()
      await loop
      await job.ended?.()
    },
  }
}
