import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createLog, type DatabaseUrls, databaseUrls, migrate, provisionDatabase, type Service } from '@clientele/kit'
import pg from 'pg'
import { backing } from './backing.js'

export interface TestDatabase {
  urls: DatabaseUrls
  drop(): Promise<void>
}

/** Files of a template are copied by the kernel where it can, in a third of the time that PostgreSQL's own copying takes. */
const cheapestCopy = `select set_config(name, 'clone', false) from pg_settings where name = 'file_copy_method' and 'clone' = any(enumvals)`

/** A database of the service's newest schema, cloned from a template that is migrated once per run and set of migrations. */
export const cloneDatabase = async (service: Service): Promise<TestDatabase> => {
  const { adminUrl, password } = backing()
  const template = `template_${service.name}_${await fingerprint(service.migrations)}`
  const name = `test_${service.name}_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', ['clientele-template'])
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template])
    if (!rowCount) await prepare(adminUrl, service, template, password)
    await admin.query(cheapestCopy)
    await admin.query(`create database ${name} template ${template} owner ${service.name}_owner strategy file_copy`)
    await admin.query(`revoke connect, temporary on database ${name} from public`)
    await admin.query(`grant connect on database ${name} to ${service.name}_app, ${service.name}_system`)
  } finally {
    await admin.end()
  }
  return {
    urls: databaseUrls(adminUrl, service.name, password, name),
    drop: async () => {
      const client = new pg.Client({ connectionString: adminUrl })
      await client.connect()
      await client.query(`drop database if exists ${name} with (force)`).finally(() => client.end())
    },
  }
}

// A template that failed half-way must not serve: it gets its name when it is whole.
const prepare = async (adminUrl: string, service: Service, template: string, password: string) => {
  const draft = `draft_${randomBytes(6).toString('hex')}`
  await provisionDatabase(adminUrl, service.name, draft)
  const log = createLog({ name: 'template', level: 'warn' })
  await migrate(databaseUrls(adminUrl, service.name, password, draft).ownerUrl, service.migrations, log)
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`alter database ${draft} rename to ${template}`).finally(() => admin.end())
}

const fingerprint = async (migrations: URL) => {
  const hash = createHash('sha256')
  for (const name of (await readdir(migrations)).toSorted()) {
    hash.update(name).update(await readFile(new URL(name, migrations)))
  }
  return hash.digest('hex').slice(0, 12)
}
