import type pg from 'pg'
import type { Context } from './context.js'
import type { Log } from './log.js'

/** What a job works with: the system role's pool to find its work across tenants, and a context per tenant to do it. */
export interface JobContext {
  system: pg.Pool
  log: Log
  now(): Date
  /** What the service's `config` read. */
  settings: Readonly<Record<string, unknown>>
  /** Aborted when the service stops: a long round finishes what it has begun and takes up nothing new. */
  signal: AbortSignal
  forTenant(tenant: string): Context
}

/** Work that a service does by itself, every so often; with several replicas one of them does it. */
export interface Job {
  name: string
  everyMs: number
  /** Resolves with how much was done; anything but 0 makes the next round follow at once. */
  run(ctx: JobContext): Promise<number>
}

export interface RunningJob {
  run(): Promise<number>
  start(): void
  stop(): Promise<void>
}

/** Runs a job under an advisory lock, so that a replica that comes second passes the round. */
export const createJob = (job: Job, around: Omit<JobContext, 'signal'>): RunningJob => {
  const stopping = new AbortController()
  const ctx: JobContext = { ...around, signal: stopping.signal }
  let wake = () => {}
  let loop: Promise<void> | undefined

  const run = async () => {
    const client = await ctx.system.connect()
    const lost = () => client.release(true)
    client.on('error', lost)
    try {
      const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1)) as held', [`job ${job.name}`])
      if (!rows[0].held) return 0
      try {
        return await job.run(ctx)
      } finally {
        await client.query('select pg_advisory_unlock(hashtext($1))', [`job ${job.name}`])
      }
    } finally {
      client.off('error', lost)
      client.release()
    }
  }

  const keepRunning = async () => {
    while (!stopping.signal.aborted) {
      const done = await run().catch((error: unknown) => {
        ctx.log.warn({ job: job.name, err: error }, 'a job failed and will be tried again')
        return 0
      })
      if (done || stopping.signal.aborted) continue
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, job.everyMs)
        wake = () => {
          clearTimeout(timer)
          resume()
        }
      })
    }
  }

  return {
    run,
    start: () => {
      loop ??= keepRunning()
    },
    stop: async () => {
      stopping.abort()
      wake()
      await loop
    },
  }
}
