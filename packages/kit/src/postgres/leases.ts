import type pg from 'pg'
import { connectDedicated } from './dedicated-client.js'

/** What only one process of a service does at a time: names, held as advisory locks of one database session. */
export interface Leases {
  /** Whether this process has the name; it keeps it until it ends, and then another one gets it. Rejects while there is no database. */
  hold(name: string): Promise<boolean>
  close(): Promise<void>
}

export const createLeases = (systemUrl: string): Leases => {
  let session: Promise<pg.Client> | undefined
  let held = new Set<string>()

  const open = () => {
    const forget = () => {
      if (session !== opened) return
      session = undefined
      held = new Set()
    }
    const opened = connectDedicated(systemUrl, forget)
    opened.catch(forget)
    return opened
  }

  const take = async (name: string) => {
    if (held.has(name)) return true
    session ??= open()
    const client = await session
    const holding = held
    const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1)) as got', [name])
    if (rows[0].got) holding.add(name)
    return held.has(name)
  }
  let turn: Promise<unknown> = Promise.resolve()

  return {
    // One after the other: a session has one statement at a time.
    hold: (name) => {
      const taken = turn.then(() => take(name))
      turn = taken.catch(() => {})
      return taken
    },
    close: async () => {
      const last = await session?.catch(() => undefined)
      await last?.end().catch(() => {})
    },
  }
}
