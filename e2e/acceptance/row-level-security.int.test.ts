import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { services } from '@clientele/cli/services'
import pg from 'pg'
import { startAcceptance } from '../platform/platform.js'
import { tellStory } from '../platform/story.js'

// What has no tenant: which migrations ran, and how far the stream is known.
const shared = ['kit_migration', 'service_migration', 'relay_checkpoint', 'lease', 'migration_step']

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What each service deletes by its age. */
const forgotten: Record<string, readonly string[]> = {
  integrations: ['delivery'],
  interactions: ['notification', 'work_reassignment'],
  profiles: ['bulk_change'],
  segmentation: ['automation_moment', 'automation_occurrence', 'automation_run'],
}

const platform = await startAcceptance()
await tellStory(platform)

describe.each(services.map((service) => [service.name, service] as const))('%s', (_, service) => {
  let app: pg.Client
  beforeAll(async () => {
    app = new pg.Client({ connectionString: platform.urls(service.name).url })
    await app.connect()
  })
  // Before the platform's own end, which drops the databases.
  afterAll(() => app.end())

  test('every table is under forced row-level security and has an index that starts with the tenant', async () => {
    const { rows } = await app.query<{ name: string; guarded: boolean; indexed: boolean }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
         exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                 where i.indrelid = c.oid and i.indisvalid and i.indpred is null and a.attname = 'tenant') as indexed
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and c.relname <> all ($1)`,
      [shared],
    )
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter(({ guarded, indexed }) => !guarded || !indexed)).toEqual([])
  })

  test('its role owns nothing, bypasses nothing, and sees no row without a tenant', async () => {
    const { rows: role } = await app.query(
      `select rolsuper, rolbypassrls, exists (select from pg_class where relowner = pg_roles.oid) as owns
       from pg_roles where rolname = current_user`,
    )
    expect(role).toEqual([{ rolsuper: false, rolbypassrls: false, owns: false }])
    const { rows: tables } = await app.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> all ($1) and has_table_privilege(oid, 'select')`,
      [shared],
    )
    for (const { name } of tables) {
      const { rows } = await app.query(`select count(*)::int as n from ${app.escapeIdentifier(name)}`)
      expect([name, rows[0].n]).toEqual([name, 0])
    }
  })

  test('each list of codes of an entity is that of its CHECK', async () => {
    const { rows } = await app.query<{ place: string; text: string }>(
      `select c.conrelid::regclass || '.' || a.attname as place, pg_get_constraintdef(c.oid) as text
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'c' and cardinality(c.conkey) = 1`,
    )
    const checked = new Map(
      rows.map(({ place, text }) => [place, [...text.matchAll(/'([^']+)'/g)].map(([, one]) => one)]),
    )
    const { orm } = platform.service(service.name).database
    const lists = [...orm.getMetadata().getAll().values()].flatMap(({ tableName, props }) =>
      props
        .filter((one) => one.items)
        .map((one) => [`${tableName}.${one.fieldNames[0]}`, one.items!.map(String)] as const),
    )
    for (const [place, items] of lists) {
      expect([place, checked.get(place)?.toSorted()]).toEqual([place, items.toSorted()])
    }
    expect(lists.length).toBeGreaterThan(0)
  })

  test('what is deleted by its age is over: whoever has a state is asked for it', async () => {
    const sources = globSync(`services/${service.name}/src/**/*.ts`, { cwd: root }).filter(
      (file) => !/test\.ts$/.test(file),
    )
    const byAge = sources.flatMap((file) =>
      [
        ...readFileSync(`${root}/${file}`, 'utf8').matchAll(
          /[`']delete from (\w+)[^`']*(?:'\w+'[^`']*)*?(?:_at|\bat) <[^`]*?[`']/g,
        ),
      ].map(([sql, table]) => ({ file, table: table!, sql })),
    )
    const state = `column_name in ('status', 'ended_at', 'completed_at', 'stream_seq', 'replayed_at')`
    for (const { file, table, sql } of byAge) {
      const { rows } = await app.query(
        `select column_name as name from information_schema.columns where table_name = $1 and ${state}`,
        [table],
      )
      const isAsked = !rows.length || rows.some(({ name }) => sql.includes(name))
      expect([file, table, isAsked]).toEqual([file, table, true])
    }
    expect(byAge.map(({ table }) => table).toSorted()).toEqual(forgotten[service.name] ?? [])
  })

  test('it may not enter the database of another service', async () => {
    for (const { name } of services) {
      if (name === service.name) continue
      const url = new URL(platform.urls(service.name).url)
      url.pathname = new URL(platform.urls(name).url).pathname
      const client = new pg.Client({ connectionString: url.href })
      await expect(client.connect()).rejects.toThrow(/permission denied/)
    }
  })
})
