import pg from 'pg'
import { Unavailable } from '../../errors/errors.js'
import type { PoolState } from '../database.js'
import { type StatementWatch, watchStatement } from '../statements/watch-statement.js'
import { keptAlive } from './kept-alive.js'
import { TenantRead, tenantStatement } from './tenant-read.js'

/** Reads in transactions of a tenant, each in one round trip. */
export interface TenantSessions {
  /** Rows of a prepared statement, as lists of texts. Rejects without a tenant. */
  read(tenant: string, name: string, text: string, values: readonly unknown[]): Promise<(string | null)[][]>
  state(): PoolState
  close(): Promise<void>
}

interface Options {
  /** How many sessions there are at most; 4 unless given. */
  most?: number
  /** How many statements a session prepares before another one takes its place, so that the server forgets them; 1 000 unless given. */
  mostPrepared?: number
  statementTimeout?: number
  /** Told how long each read took. */
  observe?: StatementWatch['observe']
}

interface Session {
  client: pg.Client
  ready: Promise<unknown>
  prepared: Set<string>
  reading: number
  /** When it answered last, or was given something to do. */
  answeredAt: number
  isLost: boolean
}

/** How many reads a session has on their way at most, and after how long without an answer it counts as stalled, in milliseconds. */
const fullAt = 16
const stalledMs = 20

/** Sessions that many reads share at a time, each a transaction of its tenant: one does not wait for another's answer. */
export const createTenantSessions = (url: string, o: Options = {}): TenantSessions => {
  const { most = 4, mostPrepared = 1_000, statementTimeout = 30_000 } = o
  const watch: StatementWatch = { pool: 'reads', observe: o.observe }
  const sessions = new Set<Session>()
  let closed = false

  const open = (): Session => {
    const client = createReader(url, statementTimeout)
    const session: Session = {
      client,
      prepared: new Set(),
      reading: 0,
      answeredAt: 0,
      isLost: false,
      ready: connect(client),
    }
    const lose = () => {
      session.isLost = true
      sessions.delete(session)
    }
    client.on('error', lose).on('end', lose)
    session.ready.catch(lose)
    sessions.add(session)
    return session
  }

  /**
   * The first session that answers and has room: PostgreSQL reads a third cheaper where one process is kept busy than where several take turns.
   * No request is sent behind a slow statement while another session could take it.
   */
  const choose = (now: number): Session => {
    let least: Session | undefined
    for (const session of sessions) {
      const isStalled = session.reading > 0 && now - session.answeredAt > stalledMs
      if (!isStalled && session.reading < fullAt) return session
      if (!least || session.reading < least.reading) least = session
    }
    return least && sessions.size >= most ? least : open()
  }

  const retire = (session: Session) => {
    sessions.delete(session)
    return session.client.end().catch(() => {})
  }

  return {
    read: async (tenant, name, text, values) => {
      if (!tenant) throw new Error('nothing is read without a tenant')
      if (closed) throw new Unavailable('The service stops: its reading sessions are closed.', { reason: 'stopping' })
      const now = performance.now()
      const session = choose(now)
      if (session.reading++ === 0) session.answeredAt = now
      session.prepared.add(name)
      if (session.prepared.size >= mostPrepared) sessions.delete(session)
      try {
        return await watchStatement(watch, text, async () => {
          await session.ready
          const read = new TenantRead(tenant, { name, text, values })
          session.client.query(read as never)
          return read.found
        })
      } finally {
        session.reading--
        session.answeredAt = performance.now()
        if (!session.reading && !sessions.has(session) && !session.isLost) void retire(session)
      }
    },
    // Nothing waits for a session: several reads share one.
    state: () => ({
      open: sessions.size,
      idle: [...sessions].filter(({ reading }) => !reading).length,
      waiting: 0,
    }),
    close: async () => {
      closed = true
      await Promise.all([...sessions].map(retire))
    },
  }
}

const createReader = (url: string, statementTimeout: number) =>
  new pg.Client({
    connectionString: url,
    pipeline: true,
    ...keptAlive,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeout,
    // One plan for all values: planning would cost more than the reading.
    options: '-c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan -c jit=off',
  })

const connect = async (client: pg.Client) => {
  await client.connect()
  await client.query({ ...tenantStatement, values: [''] })
}
