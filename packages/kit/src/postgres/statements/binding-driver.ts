import {
  type AnyEntity,
  type Configuration,
  type EntityData,
  isRaw,
  type LoggingOptions,
  NativeQueryBuilder,
  PostgreSqlConnection,
  PostgreSqlDriver,
  type PostgreSqlPlatform,
  type QueryResult,
  type RawQueryFragment,
  raw,
  type Transaction,
} from '@mikro-orm/postgresql'
import { CompiledQuery } from 'kysely'
import { boundStatement } from './bound-statement.js'
import { type StatementWatch, watchStatement } from './watch-statement.js'

type Query = string | NativeQueryBuilder | RawQueryFragment
type Params = readonly unknown[] | Record<string, unknown>

/** Sends every statement of the ORM with its values bound. */
class BindingConnection extends PostgreSqlConnection {
  readonly watch: StatementWatch = { pool: 'transactions' }

  override async execute<T extends QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[]>(
    query: Query,
    params: Params = [],
    method: 'all' | 'get' | 'run' = 'all',
    ctx?: Transaction,
    loggerContext?: LoggingOptions,
  ): Promise<T> {
    // The ORM puts an entity manager's signal here. The statement under way is left to PostgreSQL's own time-out: one connection carries several.
    ;(loggerContext as { signal?: AbortSignal } | undefined)?.signal?.throwIfAborted()
    await this.ensureConnection()
    const given = fragmentOf(query, params)
    const text = this.config.get('onQuery')(given.sql, given.params as unknown[])
    const { sql, values } = boundStatement(text, given.params, this.platform as PostgreSqlPlatform)
    const send = async () => {
      const client = (ctx ?? this.getClient()) as ReturnType<typeof this.getClient>
      return this.transformRawResult<T>(await client.executeQuery(CompiledQuery.raw(sql, values)), method)
    }
    return this.executeQuery<T>(text, () => watchStatement(this.watch, text, send), { ...loggerContext, query: text })
  }

  override stream(): never {
    throw new Error('The ORM would write the values into a statement that it streams: read pages instead.')
  }
}

const fragmentOf = (query: Query, params: Params): { sql: string; params: readonly unknown[] } => {
  if (query instanceof NativeQueryBuilder) return query.toRaw()
  if (isRaw(query)) return query
  return Array.isArray(params) ? { sql: query, params } : raw(query, params as Record<string, unknown>)
}

/** The ORM's driver for PostgreSQL, except that no value is written into the text of a statement. */
export class BindingDriver extends PostgreSqlDriver {
  private readonly binding: BindingConnection

  constructor(config: Configuration) {
    super(config)
    this.binding = new BindingConnection(config)
    Object.assign(this, { connection: this.binding })
  }

  /** Has somebody told how long each statement took. */
  observe(told: StatementWatch['observe']): void {
    this.binding.watch.observe = told
  }
}
