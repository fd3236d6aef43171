import pg from 'pg'
import { TenantRead, tenantStatement } from './tenant-read.js'

/** Reads in transactions of a tenant, each in one round trip. */
export interface TenantSessions {
  /** Rows of a prepared statement, as lists of texts. Rejects without a tenant. */
  read(tenant: string, name: string, text: string, values: readonly unknown[]): Promise<(string | null)[][]>
  close(): Promise<void>
}

interface Options {
  /** How many sessions there are at most; 4 unless given. */
  most?: number
  /** How many statements a session prepares before another one takes its place, so that the server forgets them; 1 000 unless given. */
  mostPrepared?: number
  statementTimeout?: number
}

interface Session {
  client: pg.Client
  ready: Promise<unknown>
  prepared: Set<string>
  reading: number
  isLost: boolean
}

/** Sessions that many reads share at a time, each a transaction of its tenant: one does not wait for another's answer. */
export const createTenantSessions = (url: string, o: Options = {}): TenantSessions => {
  const { most = 4, mostPrepared = 1_000, statementTimeout = 30_000 } = o
  const sessions = new Set<Session>()
  let closed = false

  const open = (): Session => {
    const client = createReader(url, statementTimeout)
    const session: Session = { client, prepared: new Set(), reading: 0, isLost: false, ready: connect(client) }
    const lose = () => {
      session.isLost = true
      sessions.delete(session)
    }
    client.on('error', lose).on('end', lose)
    session.ready.catch(lose)
    sessions.add(session)
    return session
  }

  /** The session with the least to do; a new one while all are busy. */
  const choose = (): Session => {
    const [least] = [...sessions].toSorted((a, b) => a.reading - b.reading)
    return least && (least.reading === 0 || sessions.size >= most) ? least : open()
  }

  const retire = (session: Session) => {
    sessions.delete(session)
    return session.client.end().catch(() => {})
  }

  return {
    read: async (tenant, name, text, values) => {
      if (!tenant) throw new Error('nothing is read without a tenant')
      if (closed) throw new Error('the sessions are closed')
      const session = choose()
      session.reading++
      session.prepared.add(name)
      if (session.prepared.size >= mostPrepared) sessions.delete(session)
      try {
        await session.ready
        const read = new TenantRead(tenant, { name, text, values })
        session.client.query(read as never)
        return await read.found
      } finally {
        session.reading--
        if (!session.reading && !sessions.has(session) && !session.isLost) void retire(session)
      }
    },
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
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeout,
    // One plan for all values: planning would cost more than the reading.
    options: '-c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan -c jit=off',
  })

const connect = async (client: pg.Client) => {
  await client.connect()
  await client.query({ ...tenantStatement, values: [''] })
}
