import pg from 'pg'
import { type StatementWatch, watchStatement } from './watch-statement.js'

type Done = (error: Error | null, result?: pg.QueryResult) => void
type Query = (...given: unknown[]) => unknown

/** A client of the driver that tells of its statements, whoever sends them: a pool, which is called back, or somebody who waits. */
export const watchedClient = (watch: StatementWatch): (new () => pg.Client) =>
  class extends pg.Client {
    override query = ((...given: unknown[]) => {
      const send = super.query.bind(this) as Query
      const sql = textOf(given[0])
      const done = given.at(-1)
      if (sql === undefined) return send(...given)
      if (typeof done !== 'function') return watchStatement(watch, sql, async () => send(...given))
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      watchStatement(watch, sql, () => promise).catch(() => {})
      const told: Done = (error, result) => {
        if (error) reject(error)
        else resolve()
        done(error, result)
      }
      return send(...given.slice(0, -1), told)
    }) as pg.Client['query']
  }

/** What sends itself, such as a cursor, is not watched: it is no single answer. */
const textOf = (statement: unknown): string | undefined => {
  if (typeof statement === 'string') return statement
  const { text, submit } = Object(statement) as { text?: unknown; submit?: unknown }
  return typeof text === 'string' && typeof submit !== 'function' ? text : undefined
}
