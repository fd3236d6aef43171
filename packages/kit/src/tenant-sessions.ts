import pg from 'pg'

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

/**
 * Sessions that take the four messages of a tenant transaction together: `begin`, the tenant for this transaction, the query, `commit`.
 * It fails closed: where `begin` or the tenant fails the query finds no tenant, and row-level security shows it nothing;
 * what the tenant was set to ends with the transaction, whatever becomes of it.
 */
export const createTenantSessions = (url: string, o: Options = {}): TenantSessions => {
  const { most = 4, mostPrepared = 1_000, statementTimeout = 30_000 } = o
  const sessions = new Set<Session>()
  let closed = false

  const open = (): Session => {
    const client = new pg.Client({
      connectionString: url,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      statement_timeout: statementTimeout,
      // One plan for all values: planning would cost more than the reading.
      options: '-c plan_cache_mode=force_generic_plan -c jit=off',
    })
    const session: Session = { client, prepared: new Set(), reading: 0, isLost: false, ready: client.connect() }
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
        return await readTogether(session.client, tenant, { name, text, values: [...values], rowMode: 'array' })
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

/** Reads in a transaction of a tenant, in one round trip of a session that nobody need wait for. */
export const readTogether = async (client: pg.Client, tenant: string, query: pg.QueryArrayConfig) => {
  // Nothing may come between the four: they are sent before anything is awaited.
  const sent = [
    client.query('begin read only'),
    client.query({ name: 'tenant', text: `select set_config('app.tenant', $1, true)`, values: [tenant] }),
    client.query(query),
    client.query('commit'),
  ] as const
  const settled = await Promise.allSettled(sent)
  const failed = settled.find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
  return (await sent[2]).rows as unknown as (string | null)[][]
}
