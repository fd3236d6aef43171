import { services } from '@clientele/cli/services'
import { databaseUrls, type Environment, provisionDatabase } from '@clientele/kit'
import { backing } from '@clientele/testkit/backing'
import pg from 'pg'
import { vi } from 'vitest'
import { migrateCommand } from './migrate.command.js'

const { adminUrl, password } = backing()
const names = ['surveys', 'integrations']
const databaseOf = (name: string) => `migrate_${name}_${process.pid}`
const admin = async (sql: string) => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  return client.query(sql).finally(() => client.end())
}
const ownerUrls: Environment = Object.fromEntries(
  names.map((name) => [
    `${name.toUpperCase()}_DATABASE_OWNER_URL`,
    databaseUrls(adminUrl, name, password, databaseOf(name)).ownerUrl,
  ]),
)
const query = async (name: string, sql: string) => {
  const client = new pg.Client({ connectionString: ownerUrls[`${name.toUpperCase()}_DATABASE_OWNER_URL`] })
  await client.connect()
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const out = vi.spyOn(console, 'log').mockImplementation(() => {})
const told = vi.spyOn(console, 'error').mockImplementation(() => {})
const text = (spy: typeof out) => spy.mock.calls.map(([line]) => String(line)).join('\n')
beforeAll(async () => {
  for (const name of names) await provisionDatabase(adminUrl, name, databaseOf(name))
  for (const [name, value] of Object.entries({ ...ownerUrls, LOG_LEVEL: 'error' })) vi.stubEnv(name, value)
})
beforeEach(() => {
  out.mockClear()
  told.mockClear()
})
afterAll(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  for (const name of names) await admin(`drop database if exists ${databaseOf(name)} with (force)`)
})

test('what would run is told, and nothing is changed by telling it', async () => {
  expect(await migrateCommand.run(['surveys', '--plan'])).toBe(0)
  expect(text(out)).toContain('surveys: ')
  expect(text(out)).toContain('0001_surveys')
  expect(await query('surveys', `select to_regclass('survey') as survey, to_regclass('kit_migration') as kit`)).toEqual(
    [{ survey: null, kit: null }],
  )
})

test('databases are migrated by name, twice and by two at a time', async () => {
  expect(await Promise.all([1, 2].map(() => migrateCommand.run([...names])))).toEqual([0, 0])
  expect(await migrateCommand.run(['surveys', 'surveys', '--plan'])).toBe(0)
  expect(text(out)).toContain('surveys: nothing to do')
  for (const name of names) {
    const service = services.find((each) => each.name === name)!
    expect(await query(name, 'select name from service_migration'), service.name).not.toEqual([])
  }
})

test('what a migration holds up is told with the size of the table', async () => {
  await query('surveys', `delete from service_migration where name = '0002_name_order'`)
  expect(await migrateCommand.run(['surveys', '--plan', '--json'])).toBe(0)
  const [{ migrations }] = JSON.parse(text(out))
  expect(migrations).toMatchObject([{ migration: '0002_name_order', isOutside: false }])
  expect(migrations[0].tables.length + migrations[0].programs).toBeGreaterThan(0)
  for (const table of migrations[0].tables) expect(table.bytes).toBeGreaterThan(0)
})

test('a failure of one does not keep the others, and ends with 1', async () => {
  expect(await migrateCommand.run(['surveys', 'integrations'])).toBe(1)
  expect(text(told)).toMatch(/^surveys: .*0002_name_order/)
  expect(text(out)).toContain('integrations: the schema is that of this version')
})

test('faults of settings and of arguments are told all at once', async () => {
  vi.stubEnv('SURVEYS_DATABASE_OWNER_URL', ownerUrls.INTEGRATIONS_DATABASE_OWNER_URL)
  await expect(migrateCommand.run(['integrations', 'surveys', 'profiles'])).rejects.toMatchObject({
    fields: [{ path: 'SURVEYS_DATABASE_OWNER_URL' }, { path: 'PROFILES_DATABASE_OWNER_URL' }],
  })
  vi.stubEnv('SURVEYS_DATABASE_OWNER_URL', ownerUrls.SURVEYS_DATABASE_OWNER_URL)
  await expect(migrateCommand.run(['servays'])).rejects.toThrow('did you mean "surveys"')
  await expect(migrateCommand.run(['--json'])).rejects.toThrow('--json goes with --plan')
})
