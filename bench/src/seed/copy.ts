import { readdir, readFile } from 'node:fs/promises'
import { onDatabase, withClient } from '../surroundings/postgres.js'
import { services } from '../surroundings/services.js'

/** The database that holds the data of all services, for what can only read one. */
export const copyDatabase = 'bench_copy'

const reader = 'bench_reader'
export const kitMigrations = new URL('../../../packages/kit/migrations/', import.meta.url)

/** Makes the copy's tables by the services' own migrations, each service's in a schema of its name: same columns, same indexes. */
export const createCopy = async (adminUrl: string): Promise<void> => {
  await withClient(adminUrl, (client) =>
    client.query(`create database ${copyDatabase} template template0 encoding 'UTF8'`),
  )
  await withClient(onDatabase(adminUrl, copyDatabase), async (client) => {
    await client.query('create extension if not exists pg_trgm')
    for (const { name, migrations } of services) {
      await client.query(`create schema ${name}; set search_path = ${name}, public`)
      for (const file of [...(await filesIn(kitMigrations)), ...(await filesIn(migrations))]) {
        await client.query(await readFile(file, 'utf8'))
      }
    }
    await client.query(await readFile(new URL('../../src/seed/copy.sql', import.meta.url), 'utf8'))
  })
}

/** The URL of the copy for a role that reads it and changes nothing. Row-level security does not bind it. */
export const provisionReader = async (adminUrl: string, password: string): Promise<string> => {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [reader])
    const attributes = `login nosuperuser bypassrls password ${client.escapeLiteral(password)}`
    await client.query(`${rowCount ? 'alter' : 'create'} role ${reader} ${attributes}`)
  })
  const url = new URL(onDatabase(adminUrl, copyDatabase))
  url.username = reader
  url.password = password
  return url.href
}

const filesIn = async (folder: URL) =>
  (await readdir(folder))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => new URL(name, folder))
