import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort, startPostgres } from '@clientele/embedded'
import { checkSchema, createLog, databaseUrls, migrate, provisionDatabase, provisionRoles } from '@clientele/kit'
import { example } from '@clientele/testkit/example/example.service'
import { until } from '@clientele/testkit/until'
import pg from 'pg'

const cleanups: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})
const dir = await mkdtemp(join(tmpdir(), 'clientele-provision-'))
cleanups.push(() => rm(dir, { recursive: true, force: true }))
const postgres = await startPostgres({ dir: join(dir, 'postgres'), port: await freePort(), durable: false })
cleanups.push(postgres.stop)
const log = createLog({ name: 'provisioning', level: 'silent' })
const password = `p@ss/w%41rd ?#:é'"`

const query = async (url: string, ...statements: string[]) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
const as = (user: string) => {
  const url = new URL(postgres.url)
  url.username = user
  url.password = encodeURIComponent(password)
  return url.href
}
const quoted = password.replaceAll("'", "''")
await query(
  postgres.url,
  `create role keeper login createdb createrole password '${quoted}'`,
  `create role plain login createdb createrole noinherit password '${quoted}'`,
  `create role example_mighty login superuser`,
)

test.each([
  ['an administrator with CREATEDB and CREATEROLE', 'keeper', ['aaa', 'bbb']],
  ['the same, of PostgreSQL without INHERIT', 'plain', ['ccc', 'ddd']],
])('%s can provision, twice, and the services migrate and keep apart', async (_, user, names) => {
  await query(postgres.url, ...dropGroups)
  const [one, two] = names as [string, string]
  for (let time = 0; time < 2; time++) {
    await provisionRoles(as(user), names, password)
    for (const name of names) await provisionDatabase(as(user), name)
    for (const name of names) await migrate(databaseUrls(as(user), name, password).ownerUrl, example.migrations, log)
  }
  const urls = databaseUrls(as(user), one, password)
  expect(await query(urls.url, `select 1 as one from pg_extension where extname = 'pg_trgm'`)).toHaveLength(1)
  expect(await query(urls.url, 'select * from note')).toEqual([])
  expect(await query(urls.systemUrl, 'select * from outbox')).toEqual([])
  await expect(query(urls.url, 'create table mine (id int)')).rejects.toThrow(/permission denied/)
  await expect(query(urls.systemUrl, 'select * from note')).rejects.toThrow(/permission denied/)
  const foreign = databaseUrls(as(user), one, password, two)
  for (const url of [foreign.url, foreign.systemUrl, foreign.ownerUrl]) {
    await expect(query(url, 'select 1')).rejects.toThrow(/permission denied/)
  }
  await expect(query(urls.url, `set role ${one}_owner`)).rejects.toThrow(/permission denied/)
})

// Group roles belong to whoever made them, and each administrator here is the first.
const dropGroups = ['aaa', 'bbb']
  .flatMap((name) => [
    `drop database if exists ${name}`,
    ...['app', 'owner', 'system'].map((kind) => `drop role if exists ${name}_${kind}`),
  ])
  .concat('drop role if exists clientele_app', 'drop role if exists clientele_system')

test('a password that changes is set anew', async () => {
  await provisionRoles(postgres.url, ['ccc'], 'another-password')
  expect(await query(databaseUrls(postgres.url, 'ccc', 'another-password').url, 'select 1 as one')).toEqual([
    { one: 1 },
  ])
})

test('a role of ours that is a superuser is refused: row-level security would not hold', async () => {
  await query(postgres.url, 'alter role example_mighty rename to eee_app')
  await expect(provisionRoles(postgres.url, ['eee'], password)).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'provision.role',
  })
})

test('roles that another process prepares are waited for, not without end', async () => {
  const other = new pg.Client({ connectionString: postgres.url })
  await other.connect()
  await other.query(`select pg_advisory_lock(hashtext('clientele-provision'))`)
  await expect(provisionRoles(postgres.url, ['ccc'], password, 200)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'provision.busy',
    message: expect.stringContaining('Stop that one'),
  })
  const waiting = provisionRoles(postgres.url, ['ccc'], password)
  await other.end()
  await waiting
})

describe('migrations', () => {
  let count = 0
  const database = async (files: Record<string, string>) => {
    const name = `m${++count}`
    const folder = join(dir, name)
    await mkdir(folder)
    const put = async (more: Record<string, string>) => {
      for (const [file, sql] of Object.entries(more)) await writeFile(join(folder, file), sql)
    }
    await put(files)
    await provisionRoles(postgres.url, ['ccc'], password)
    await provisionDatabase(postgres.url, 'ccc', name)
    const urls = databaseUrls(postgres.url, 'ccc', password, name)
    const migrations = pathToFileURL(`${folder}/`)
    const system = new pg.Pool({ connectionString: urls.systemUrl, max: 1 })
    system.on('error', () => {})
    const up = (nameLocale?: string) => migrate(urls.ownerUrl, migrations, log, nameLocale)
    return { urls, migrations, put, system, up }
  }
  const good = { '0001_a.sql': 'create table a (id int);' }

  test('replicas that start together apply each once', async () => {
    const { urls, up, system } = await database(good)
    await Promise.all(Array.from({ length: 4 }, () => up()))
    await up()
    expect(await query(urls.ownerUrl, 'select name from service_migration')).toEqual([{ name: '0001_a' }])
    await system.end()
  })

  test('a migration that another process is at is waited for, and that is told', async () => {
    const { urls, migrations, system } = await database(good)
    const other = new pg.Client({ connectionString: urls.ownerUrl })
    await other.connect()
    await other.query(`select pg_advisory_lock(hashtext('clientele-migrate'))`)
    const lines: string[] = []
    const telling = createLog({
      name: 'waiting',
      level: 'warn',
      destination: { write: (line) => void lines.push(line) },
    })
    const waiting = migrate(urls.ownerUrl, migrations, telling)
    await until(() => lines.some((line) => line.includes('waiting for another process that migrates')))
    await other.end()
    await waiting
    await system.end()
  })

  test('names follow the language of the deployment, and a collation that the server has outgrown', async () => {
    const { urls, up, system } = await database({
      '0001_a.sql': 'create table a (name text collate name_order);\ncreate index a_name on a (name);',
    })
    await up()
    const names = ['Zoë', 'Ärger', 'aal', '张', 'Émile', '李', 'emil', 'Ångström', '艾', 'Łódź', 'lodz', 'Лев']
    const owner = (sql: string) => query(urls.ownerUrl, sql)
    await owner(`insert into a select unnest('{${names}}'::text[])`)
    const inOrder = async () => (await owner('select name from a order by name')).map(({ name }) => name)
    const made = () => owner(`select oid, collversion from pg_collation where collname = 'name_order'`)
    const usual = ['aal', 'Ångström', 'Ärger', 'emil', 'Émile', 'lodz', 'Łódź', 'Zoë', 'Лев', '艾', '李', '张']
    expect(await inOrder()).toEqual(usual)
    const before = await made()
    await up()
    expect(await made()).toEqual(before)
    await up('sv')
    expect((await inOrder()).slice(0, 8)).toEqual(['aal', 'emil', 'Émile', 'lodz', 'Łódź', 'Zoë', 'Ångström', 'Ärger'])
    const swedish = await made()
    await up('sv')
    expect(await made()).toEqual(swedish)
    await up()
    expect(await inOrder()).toEqual(usual)
    const [usually] = await made()
    const superuser = new URL(postgres.url)
    superuser.pathname = new URL(urls.ownerUrl).pathname
    await query(superuser.href, `update pg_collation set collversion = '1' where collname = 'name_order'`)
    await up()
    expect((await made())[0]?.collversion).toBe(usually?.collversion)
    await system.end()
  })

  test('one that fails leaves nothing behind, names its file, and can be mended', async () => {
    const { urls, up, put, system, migrations } = await database({
      ...good,
      '0002_b.sql': 'create table b (id int);\ncreate table b (id int);',
    })
    await expect(up()).rejects.toThrow(/0002_b.*already exists/s)
    expect(await query(urls.ownerUrl, `select to_regclass('a') as a, to_regclass('b') as b`)).toEqual([
      { a: null, b: null },
    ])
    await expect(checkSchema(system, migrations)).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'schema' })
    await put({ '0002_b.sql': 'create table b (id int);' })
    await up()
    await expect(checkSchema(system, migrations)).resolves.toBeUndefined()
    await put({ '0003_c.sql': 'create table c (id int);' })
    await expect(checkSchema(system, migrations)).rejects.toThrow('0003_c')
    await system.end()
  })

  test('one that is inserted before an applied one is refused by name', async () => {
    const { up, put, system } = await database({ '0002_b.sql': 'create table b (id int);' })
    await up()
    await put(good)
    await expect(up()).rejects.toThrow(/0001_a|0002_b/)
    await system.end()
  })

  const outside = (...lines: string[]) => ['-- outside of a transaction', ...lines].join('\n')
  const mixed = {
    '0001_a.sql': 'create table a (id int, name text);\ninsert into a select 1, x::text from generate_series(1, 3) x;',
    '0002_b.sql': outside(
      '-- What was there is counted; the index comes after it.',
      `insert into a values (7, 'seven');`,
      'create unique index concurrently a_id on a (id);',
      'create index concurrently if not exists a_name on a (name)',
      `  where name <> '';`,
    ),
    '0003_c.sql': 'create table c (id int);',
  }
  const validity = `select c.relname as name, indisvalid as valid from pg_index join pg_class c on c.oid = indexrelid where c.relname like 'a\\_%' order by 1`

  test('an index is built outside of a transaction; what failed goes on where it was, and an invalid index is built again', async () => {
    const { urls, up, system, migrations } = await database(mixed)
    await expect(up()).rejects.toThrow(/0002_b failed: statement 2: .*a_id/)
    expect(await query(urls.ownerUrl, validity)).toEqual([{ name: 'a_id', valid: false }])
    await expect(checkSchema(system, migrations)).rejects.toThrow('0002_b')
    await query(urls.ownerUrl, `delete from a where name in ('2', '3')`)
    await up()
    expect(await query(urls.ownerUrl, validity)).toEqual([
      { name: 'a_id', valid: true },
      { name: 'a_name', valid: true },
    ])
    expect(await query(urls.ownerUrl, 'select count(*)::int as sevens from a where id = 7')).toEqual([{ sevens: 1 }])
    expect(await query(urls.ownerUrl, 'select name from service_migration order by id')).toEqual(
      ['0001_a', '0002_b', '0003_c'].map((name) => ({ name })),
    )
    await system.end()
  })

  test('replicas that start together wait while one of them builds an index', async () => {
    const { urls, up, system } = await database({
      ...mixed,
      '0001_a.sql':
        'create table a (id int, name text);\ninsert into a select x, x::text from generate_series(10, 20000) x;',
    })
    await Promise.all(Array.from({ length: 4 }, up))
    expect(await query(urls.ownerUrl, validity)).toMatchObject([{ valid: true }, { valid: true }])
    await system.end()
  })

  test('one outside of a transaction that is inserted before an applied one is refused by name', async () => {
    const { up, put, system } = await database({ '0002_b.sql': 'create table b (id int);' })
    await up()
    await put({ '0001_a.sql': outside('create index concurrently b_id on b (id);') })
    await expect(up()).rejects.toThrow('0001_a is out of order: 0002_b')
    await system.end()
  })

  test('a database that was never migrated is not ready, and says so', async () => {
    const { system, migrations } = await database(good)
    await expect(checkSchema(system, migrations)).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'schema' })
    await system.end()
  })
})
