import type pg from 'pg'
import { poolerRemedy } from '../postgres/schema/check-servers.js'
import { schemaState } from '../postgres/schema/migrate.js'
import { connectClient, sharesSessions } from '../postgres/schema/server-state.js'
import { inTime } from '../service/in-time.js'
import { checkClock } from './check-clock.js'
import { checkKeys } from './check-keys.js'
import { checkRole, checkRowLevelSecurity, type DatabaseUse } from './check-roles.js'
import { checkWork } from './check-work.js'
import type { Check, Report } from './finding.js'
import type { KnownSurroundings } from './known-surroundings.js'

/** What connections of these checks are called, so that they are not counted among those of others. */
export const applicationName = 'clientele doctor'

/** The oldest PostgreSQL that its makers look after, and the one that we try. */
const versions = { least: 15, tried: 18 }
const runbook = 'docs/runbooks/serve.md, step 1'

/** One service's database: whether its three roles come in and may what they must and no more, its schema, its keys, and what waits in it. */
export const databaseCheck = (known: KnownSurroundings): Check => ({
  name: `database.${known.service.name}`,
  run: async (report) => {
    const { url, systemUrl, ownerUrl } = known.database
    const uses: (readonly [DatabaseUse, string, string | undefined])[] = [
      ['service', 'DATABASE_URL', url],
      ['system', 'DATABASE_SYSTEM_URL', systemUrl],
      ['owner', 'DATABASE_OWNER_URL', ownerUrl],
    ]
    let seen = false
    for (const [use, setting, at] of uses) {
      if (at === undefined) continue
      const answers = await comeIn(report, use, at, `${setting} of ${known.service.name}`, async (client) => {
        await checkRole(report, client, use)
        if (await sharesSessions(client, at)) {
          report.fault(`${use}.pooler`, 'a pooler that shares sessions between clients is in between', poolerRemedy)
        }
        if (!seen) await checkServerOf(report, client)
        seen = true
        if (use === 'system' || (use === 'owner' && systemUrl === undefined)) await checkSchemaOf(report, client, known)
        if (use === 'system') await checkRowLevelSecurity(report, client)
        if (use === 'system') await checkWork(report, client)
        if (use === 'system') await checkKeys(report, client, known)
      })
      if (!answers) return
    }
  },
})

/** Whether the server answers at all; one that does not is not asked again as somebody else. */
const comeIn = async (
  report: Report,
  use: DatabaseUse,
  url: string,
  setting: string,
  look: (client: pg.Client) => Promise<void>,
) => {
  const { host, pathname, username } = new URL(url)
  const remedy = `Is the server there, and are user, password and database of ${setting} right? (${runbook})`
  const begun = performance.now()
  const client = await report.attempt(`${use}.login`, remedy, () => connectClient(url, applicationName))
  if (!client) return performance.now() - begun < 4_500
  report.ok(`${use}.login`, `${decodeURIComponent(username)} at ${host}${pathname}`)
  await report.attempt(use, 'Run this again; if it stays, read what it says.', () => look(client))
  await inTime(1_000, () => client.end()).catch(() => {})
  return true
}

const checkServerOf = async (report: Report, client: pg.Client) => {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
       current_setting('server_encoding') as encoding`,
  )
  const { version, number, encoding } = rows[0]!
  const major = Math.floor(number / 10_000)
  if (major < versions.least) {
    return report.fault('version', `PostgreSQL ${version}`, `Use PostgreSQL ${versions.least} or newer.`)
  }
  if (major < versions.tried) {
    report.warning('version', `PostgreSQL ${version}`, `It is tried with PostgreSQL ${versions.tried}.`)
  } else report.ok('version', `PostgreSQL ${version}`)
  if (encoding === 'UTF8') report.ok('encoding', encoding)
  else report.fault('encoding', encoding, `Make the database again with encoding 'UTF8' (${runbook}).`)
  const { rows: collation } = await client.query<{ isOld: boolean }>(
    `select datcollversion is distinct from pg_database_collation_actual_version(oid) as "isOld"
     from pg_database where datname = current_database()`,
  )
  if (collation[0]?.isOld) {
    const remedy = 'Run reindex database and then alter database … refresh collation version, when few work.'
    report.warning('collation', 'the library of collations is another one than the indexes were made with', remedy)
  }
  await checkClock(report, async () => {
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
    return rows[0]!.now
  })
}

const checkSchemaOf = async (report: Report, client: pg.Client, { service, migrates }: KnownSurroundings) => {
  const { applied, pending, newer, disorder } = await schemaState(client, service.migrations)
  const migrate = `clientele migrate ${service.name}`
  if (disorder.length) {
    const remedy = 'This database belongs to another build of Clientele: run that, or restore the database.'
    report.fault('schema', `migrations out of order: ${listed(disorder)}`, remedy)
  } else if (newer.length) {
    const remedy = 'One release back works on the newer schema; further back does not. Run the newer release.'
    report.warning('schema', `newer than this release: ${listed(newer)}`, remedy)
  } else if (!pending.length) report.ok('schema', `${applied} migrations, none is missing`)
  else if (migrates) report.ok('schema', `${applied} migrations, and the next start brings ${listed(pending)}`)
  else if (!applied) report.warning('schema', `none yet: ${listed(pending)}`, `Run ${migrate} before the start.`)
  else {
    const remedy = `Run ${migrate} --plan, then ${migrate}: with MIGRATE=off the start waits for it.`
    report.fault('schema', `migrations are missing: ${listed(pending)}`, remedy)
  }
}

const listed = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
