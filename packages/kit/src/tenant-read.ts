import pg from 'pg'

/** What a session has to prepare before it can read for tenants. */
export const tenantStatement = {
  name: 'tenant',
  text: `select set_config('app.tenant', $1, true)`,
}

type Rows = (string | null)[][]

interface Connection {
  stream: { cork(): void; uncork(): void; writableCorked: number }
  bind(o: { statement: string; values: readonly string[] }): void
  execute(o: object): void
}

/** What a query of the driver does with the messages of its connection; its types keep quiet about it. */
interface DriverQuery {
  submit(connection: Connection): Error | null
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Connection): void
}
const Driver = pg.Query as unknown as new (
  config: pg.QueryArrayConfig,
  done: (error: Error | null, result?: { rows: Rows }) => void,
) => DriverQuery

/**
 * Sets the tenant and runs a prepared statement, sent together and behind them one Sync: PostgreSQL takes what comes before a Sync for one
 * transaction ("Pipelining", §54.2.4 of its manual). Where the tenant cannot be set, the statement is not run; what was set ends with the
 * Sync, whatever becomes of the statement.
 */
export class TenantRead extends Driver {
  /** The statement's rows, as lists of texts. */
  readonly found: Promise<Rows>
  private isTenantSet = false

  constructor(
    private readonly tenant: string,
    statement: { name: string; text: string; values: readonly unknown[] },
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Rows>()
    super({ ...statement, values: [...statement.values], rowMode: 'array' }, (error, result) =>
      error ? reject(error) : resolve(result!.rows),
    )
    this.found = promise
  }

  override submit(connection: Connection): Error | null {
    holdBack(connection.stream)
    connection.bind({ statement: tenantStatement.name, values: [this.tenant] })
    connection.execute({})
    return super.submit(connection)
  }

  override handleDataRow(message: unknown): void {
    if (this.isTenantSet) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.isTenantSet) super.handleCommandComplete(message, connection)
    this.isTenantSet = true
  }
}

/** Sends what is written in one turn of the event loop together: fewer packets, and PostgreSQL is woken once for several reads. */
const holdBack = (stream: Connection['stream']) => {
  if (stream.writableCorked > 0) return
  stream.cork()
  setImmediate(() => stream.uncork())
}
