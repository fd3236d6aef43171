import type { StatementWatch } from '../postgres/statements/watch-statement.js'
import { counter, delays, durations, histogram, type Metrics, statementDurations } from './metrics.js'

export type OperationKind = 'query' | 'mutation' | 'subscription' | 'unknown'

/** What a service counts while it works. */
export interface ServiceMetrics {
  /** `outcome` is OK or the code of the first error. */
  operation(operation: OperationKind, outcome: string, seconds: number): void
  published(events: number): void
  /** Events of a consumer that were handled, how long after they had happened; that failed, or became dead letters. */
  events(consumer: string, outcome: 'handled' | 'failed' | 'dead', delays: readonly number[]): void
  timers(timer: string, late: readonly number[]): void
  job(job: string, outcome: 'ok' | 'failed', seconds: number): void
  /** A statement that a pool has sent, from when it was to be sent. */
  statement(pool: StatementWatch['pool'], outcome: 'ok' | 'failed', seconds: number): void
}

export const createServiceMetrics = (metrics: Metrics, service: string): ServiceMetrics => {
  const operations = histogram(metrics, {
    name: 'clientele_operation_duration_seconds',
    help: 'Operations that a service has answered, by outcome: OK or the code of the first error',
    labelNames: ['service', 'operation', 'outcome'],
    buckets: durations,
  })
  const published = counter(metrics, {
    name: 'clientele_events_published_total',
    help: 'Events that the relay has carried from the outbox into the stream',
    labelNames: ['service'],
  })
  const events = counter(metrics, {
    name: 'clientele_consumer_events_total',
    help: 'Events of a consumer: handled, tries that failed, and those that became dead letters',
    labelNames: ['service', 'consumer', 'outcome'],
  })
  const eventDelays = histogram(metrics, {
    name: 'clientele_consumer_delay_seconds',
    help: 'How long after an event its consumer had handled it',
    labelNames: ['service', 'consumer'],
    buckets: delays,
  })
  const timers = histogram(metrics, {
    name: 'clientele_timer_late_seconds',
    help: 'How late timers went off',
    labelNames: ['service', 'timer'],
    buckets: delays,
  })
  const jobs = histogram(metrics, {
    name: 'clientele_job_duration_seconds',
    help: 'Rounds of jobs, by outcome',
    labelNames: ['service', 'job', 'outcome'],
    buckets: durations,
  })
  const statements = histogram(metrics, {
    name: 'clientele_statement_duration_seconds',
    help: 'Statements sent to PostgreSQL, by pool and outcome, with the wait for a connection of it',
    labelNames: ['service', 'pool', 'outcome'],
    buckets: statementDurations,
  })
  return {
    operation: (operation, outcome, seconds) => operations.observe({ service, operation, outcome }, seconds),
    published: (count) => published.inc({ service }, count),
    events: (consumer, outcome, of) => {
      events.inc({ service, consumer, outcome }, of.length)
      if (outcome !== 'handled') return
      for (const delay of of) eventDelays.observe({ service, consumer }, delay)
    },
    timers: (timer, late) => {
      for (const seconds of late) timers.observe({ service, timer }, seconds)
    },
    job: (job, outcome, seconds) => jobs.observe({ service, job, outcome }, seconds),
    statement: (pool, outcome, seconds) => statements.observe({ service, pool, outcome }, seconds),
  }
}
