import type pg from 'pg'
import { connectClient, roomOn, roomSentence, settingsThatLogValues } from '../postgres/schema/server-state.js'
import { inTime } from '../service/in-time.js'
import { applicationName } from './check-database.js'
import type { Check } from './finding.js'
import type { KnownSurroundings } from './known-surroundings.js'

/** For each PostgreSQL server: whether it has room for what the services open there, and whether it logs their values. */
export const roomChecks = (all: readonly KnownSurroundings[]): Check[] => {
  const placed = all.flatMap((each) => {
    const urls = Object.values(each.database)
    return urls[0] ? [{ ...each, urls, host: new URL(urls[0]).host }] : []
  })
  return [...Map.groupBy(placed, ({ host }) => host)].map(([host, together]) => ({
    name: `postgres.${host}`,
    run: async (report) => {
      const urls = together.flatMap(({ urls }) => urls)
      const client = await firstOf(urls)
      // That none of them comes in is told of each database.
      if (!client) return
      await report.attempt('connections', 'docs/runbooks/database.md, how many connections.', async () => {
        const needed = together.reduce((sum, { connections }) => sum + connections, 0)
        const room = await roomOn(client, applicationName)
        const running = await connectionsOf(client, urls)
        const found = `${needed} are needed and ${room.free} are free (max_connections ${room.most}, ${room.used} in use)`
        if (needed <= room.free) report.ok('connections', found)
        else if (running >= Math.min(needed, together.length)) {
          const remedy = 'Nothing for what runs; before another replica or an upgrade, docs/runbooks/database.md.'
          report.warning('connections', `${running} are ours already, and for another replica ${found}`, remedy)
        } else
          report.fault('connections', roomSentence(room, needed), 'docs/runbooks/database.md, how many connections.')
        for (const { name, setting } of await settingsThatLogValues(client)) {
          const remedy = `Set ${name} to 0.`
          report.warning('log', `${name} is ${setting}: the server logs values, personal data among them`, remedy)
        }
      })
      await inTime(1_000, () => client.end()).catch(() => {})
    },
  }))
}

const connectionsOf = async (client: pg.Client, urls: readonly string[]) => {
  const users = [...new Set(urls.map((url) => decodeURIComponent(new URL(url).username)))]
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from pg_stat_activity where usename = any($1) and application_name <> $2',
    [users, applicationName],
  )
  return rows[0]!.count
}

/** The first that lets us in. */
const firstOf = async (urls: readonly string[]) => {
  for (const url of urls) {
    const begun = performance.now()
    const client = await connectClient(url, applicationName).catch(() => undefined)
    // A server that does not answer at all does not answer the others.
    if (client || performance.now() - begun > 4_500) return client
  }
  return undefined
}
