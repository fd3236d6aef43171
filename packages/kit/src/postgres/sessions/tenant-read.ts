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
  describe(o: object): void
}

/** A query of the driver, with what its types keep quiet about. */
interface DriverQuery {
  name: string
  values: unknown[]
  submit(connection: Connection): Error | null
}
const Driver = pg.Query as unknown as new (text: string) => DriverQuery

/**
 * Sets the tenant and runs a prepared statement, sent together and behind them one Sync: PostgreSQL takes what comes before a Sync for one
 * transaction ("Pipelining", §54.2.4 of its manual). Where the tenant cannot be set, the statement is not run; what was set ends with the
 * Sync, whatever becomes of the statement.
 */
export class TenantRead extends Driver {
  /** The statement's rows, as lists of texts. */
  readonly found: Promise<Rows>
  private readonly settle: PromiseWithResolvers<Rows>
  private readonly received: Rows = []
  private isTenantSet = false

  constructor(
    private readonly tenant: string,
    { name, text, values }: { name: string; text: string; values: readonly unknown[] },
  ) {
    super(text)
    this.name = name
    this.values = [...values]
    this.settle = Promise.withResolvers<Rows>()
    this.found = this.settle.promise
  }

  override submit(connection: Connection): Error | null {
    holdBack(connection.stream)
    connection.describe = notAsked
    connection.bind({ statement: tenantStatement.name, values: [this.tenant] })
    connection.execute({})
    return super.submit(connection)
  }

  // What the driver calls as messages come. Its own methods would parse what is only handed on.
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.isTenantSet) this.received.push(fields)
  }

  handleCommandComplete(): void {
    this.isTenantSet = true
  }

  handleError(error: Error): void {
    this.settle.reject(error)
  }

  handleReadyForQuery(): void {
    this.settle.resolve(this.received)
  }
}

/** What the columns are: their texts are handed on as they come, and the description would cost both sides more than a row. */
const notAsked = () => {}

/** Sends what is written in one turn of the event loop together: fewer packets, and PostgreSQL is woken once for several reads. */
const holdBack = (stream: Connection['stream']) => {
  if (stream.writableCorked > 0) return
  stream.cork()
  setImmediate(() => stream.uncork())
}
