import type { Environment, Service } from '@clientele/kit'
import { type Command, UsageError } from '../command.js'
import { parseOptions } from '../options.js'
import { serviceNamed, serviceNames } from '../services-by-name.js'

/** How long a database that is not there yet is waited for, in milliseconds; whoever runs the command tries it again. */
const patience = 60_000

/** Brings the databases of services to the schema of this version. */
export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the databases to the schema of this version, or tell what that would do',
  help: `clientele migrate [${serviceNames.join('|')}]… [--plan [--json]]

Runs the migrations that a database lacks, of all services or of those that are named, one after the other. May be run
again, and at the same time as others: they wait for each other. One that fails does not keep those of other services.
The version before this one goes on working on the schema that it leaves.

  --plan  only tells what would run: the tables that are locked, how large they are, who waits, and whether that is a
          risk (RISK: clients wait for a table of 100 MiB or 100,000 rows, or it cannot be foreseen)
  --json  with --plan, JSON on standard output

Settings (environment):
  PROFILES_DATABASE_OWNER_URL   as the owner of the database; so for INTERACTIONS_, SURVEYS_, …
  NAME_LOCALE                   as for clientele serve, which is set alike
  LOG_LEVEL                     trace, debug, info, warn or error, default info

Processes with MIGRATE=off wait for what this command does. Exit code: 0 done, 1 failed, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('migrate', {
      args,
      allowPositionals: true,
      options: { plan: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    })
    if (values.json && !values.plan) throw new UsageError('--json goes with --plan.')
    const names = positionals.length ? [...new Set(positionals)] : serviceNames
    const services = await Promise.all(names.map((name) => serviceNamed(name)))
    const { environment } = await import('@clientele/kit/client')
    return values.plan ? plan(services, environment(), values.json) : migrateAll(services, environment())
  },
}

const plan = async (services: readonly Service[], env: Environment, json: boolean) => {
  const { planMigrations } = await import('@clientele/kit')
  const { migrationTargets } = await import('./migration-targets.js')
  const { isRisky, planText } = await import('./plan-text.js')
  const plans = []
  for (const { service, ownerUrl } of migrationTargets(services, env)) {
    const migrations = await planMigrations(ownerUrl, service.migrations)
    plans.push({ service: service.name, migrations: migrations.map((each) => ({ ...each, isRisky: isRisky(each) })) })
  }
  console.log(
    json ? JSON.stringify(plans) : plans.map(({ service, migrations }) => planText(service, migrations)).join('\n'),
  )
  return 0
}

const migrateAll = async (services: readonly Service[], env: Environment) => {
  const { createLog, migrate, waitFor } = await import('@clientele/kit')
  const { migrationTargets } = await import('./migration-targets.js')
  const targets = migrationTargets(services, env)
  let failed = false
  for (const { service, ownerUrl, nameLocale } of targets) {
    const log = createLog({ name: service.name, level: logLevel(env) })
    const postgres = `PostgreSQL at ${new URL(ownerUrl).host}`
    try {
      await waitFor(postgres, () => migrate(ownerUrl, service.migrations, log, nameLocale), { patience, log })
      console.log(`${service.name}: the schema is that of this version`)
    } catch (error) {
      failed = true
      console.error(`${service.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return failed ? 1 : 0
}

const logLevel = ({ LOG_LEVEL }: Environment) =>
  LOG_LEVEL === 'debug' || LOG_LEVEL === 'warn' || LOG_LEVEL === 'error' ? LOG_LEVEL : 'info'
