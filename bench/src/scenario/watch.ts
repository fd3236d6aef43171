import pg from 'pg'
import { familyCpuSeconds } from '../surroundings/cpu.js'
import { readMetrics, type Sample, sumOf } from './prometheus-text.js'
import type { Subject } from './subject.js'

/** What the platform holds at a moment; undefined where it cannot be told. All of its processes together. */
export interface Held {
  /** Seconds since the begin. */
  at: number
  /** Bytes. */
  rss?: number | undefined
  heap?: number | undefined
  /** Open files and sockets, and what keeps the event loops waiting. */
  files?: number | undefined
  handles?: number | undefined
  /** Sessions of clients at the PostgreSQL server, ours left out. */
  connections?: number | undefined
  /** Requests that wait for a connection. */
  waiting?: number | undefined
  /** Events that are committed and not in the stream yet, and those in it that consumers have not handled. */
  outbox?: number | undefined
  pending?: number | undefined
  deadLetters?: number | undefined
  /** Seconds of CPU since the processes began. */
  cpu?: number | undefined
  postgresCpu?: number | undefined
  /** Events since the processes began. */
  published?: number | undefined
  handled?: number | undefined
}

const everyMs = 5_000

/** Looks at the platform every five seconds, from its metrics and at PostgreSQL. */
export const watch = async ({ metrics, database, postgresPid }: Subject) => {
  const began = performance.now()
  const client = database === undefined ? undefined : new pg.Client({ connectionString: database })
  // A session that is lost must not end the run.
  client?.on('error', () => {})
  await client?.connect()
  const held: Held[] = []
  const look = async (): Promise<Held> => {
    const at = (performance.now() - began) / 1_000
    const answers = await Promise.all(metrics.map(readAt))
    const samples = answers.includes(undefined) ? [] : answers.flatMap((each) => each ?? [])
    return {
      at,
      ...toldBy(samples),
      connections: client && (await sessions(client)),
      postgresCpu: postgresPid === undefined ? undefined : familyCpuSeconds(postgresPid),
    }
  }
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(async () => void held.push(await look())).catch(() => {})
  }, everyMs)
  return {
    held: held as readonly Held[],
    look,
    stop: async () => {
      clearInterval(timer)
      await looking
      await client?.end()
    },
  }
}

const readAt = async (url: string): Promise<Sample[] | undefined> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(everyMs) })
    return response.ok ? readMetrics(await response.text()) : undefined
  } catch {
    return undefined
  }
}

const toldBy = (samples: readonly Sample[]): Omit<Held, 'at'> => ({
  rss: sumOf(samples, 'process_resident_memory_bytes'),
  heap: sumOf(samples, 'nodejs_heap_size_used_bytes'),
  files: sumOf(samples, 'process_open_fds'),
  handles: sumOf(samples, 'nodejs_active_handles_total'),
  waiting: sumOf(samples, 'clientele_database_connections', { state: 'waiting' }),
  outbox: sumOf(samples, 'clientele_outbox_events'),
  pending: sumOf(samples, 'clientele_consumer_pending_events'),
  deadLetters: sumOf(samples, 'clientele_dead_letters'),
  cpu: sumOf(samples, 'process_cpu_seconds_total'),
  published: sumOf(samples, 'clientele_events_published_total'),
  handled: sumOf(samples, 'clientele_consumer_events_total', { outcome: 'handled' }),
})

const sessions = async (client: pg.Client) => {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  )
  return rows[0]?.count
}
