import pg from 'pg'
import { type StatementWatch, watchStatement } from './watch-statement.js'

type Done = (error: Error | null, result?: pg.QueryResult) => void
type Query = (...given: unknown[]) => unknown

/** A client of the driver that tells of its statements, whoever sends them: a pool, which is called back, or somebody who waits. */
export const watchedClient = (watch: StatementWatch): (new () => pg.Client) =>
  class extends pg.Client {
    override query = ((...given: unknown[]) => {
      const send = super.query.bind(this) as Query
      const done = given.at(-1)
      if (sendsItself(given[0])) return send(...given)
      if (typeof done !== 'function') return watchStatement(watch, async () => send(...given))
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      watchStatement(watch, () => promise).catch(() => {})
      const told: Done = (error, result) => {
        if (error) reject(error)
        else resolve()
        done(error, result)
      }
      return send(...given.slice(0, -1), told)
    }) as pg.Client['query']
  }

/** Such as a cursor, which is no single answer. */
const sendsItself = (statement: unknown): boolean =>
  typeof (Object(statement) as { submit?: unknown }).submit === 'function'
