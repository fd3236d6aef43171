import { type KnownSurroundings, readWaiting, withClient } from '@clientele/kit'
import type pg from 'pg'

const serverSettings = [
  ...[
    'server_version',
    'server_encoding',
    'TimeZone',
    'max_connections',
    'superuser_reserved_connections',
    'shared_buffers',
  ],
  ...['work_mem', 'maintenance_work_mem', 'effective_cache_size', 'max_wal_size', 'checkpoint_timeout', 'wal_level'],
  ...['synchronous_commit', 'fsync', 'full_page_writes', 'statement_timeout', 'lock_timeout', 'autovacuum', 'jit'],
  ...['idle_in_transaction_session_timeout', 'random_page_cost', 'max_worker_processes', 'max_parallel_workers'],
  ...['log_statement', 'log_min_duration_statement', 'log_parameter_max_length', 'log_parameter_max_length_on_error'],
]

/** Counts and names of our own code alone: what a row says is never read. */
const parts: Record<string, string> = {
  database: `select pg_database_size(current_database())::float8 as bytes, datcollate as collate, datlocprovider::text as provider,
      datcollversion as "collationVersion" from pg_database where datname = current_database()`,
  connections: `select coalesce(state, 'hidden') as state, count(*)::int as count from pg_stat_activity
    where datname = current_database() group by 1 order by 1`,
  tables: `select relname as table, pg_total_relation_size(oid)::float8 as bytes, greatest(reltuples, 0)::float8 as "estimatedRows",
      relrowsecurity and relforcerowsecurity as "isProtected"
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 2 desc`,
  invalidIndexes: `select relname as index from pg_index join pg_class on pg_class.oid = indexrelid where not indisvalid`,
  tenants: `select count(distinct tenant)::int as count from tenant_key`,
  deadLetters: `select consumer, case when type ~ '^clientele(\\.[a-z_]+)+\\.v\\d+$' then type else 'other' end as type, code,
      case when reason ~ '^[a-z_]+(\\.[a-z_]+)*$' then reason else 'other' end as reason,
      count(*)::int as count, min(failed_at) as first, max(failed_at) as last
    from dead_letter where replayed_at is null group by 1, 2, 3, 4 order by 5 desc limit 200`,
  parked: `select consumer, count(*)::int as keys, max(failures) as "mostFailures", min(due_at) as next from parked_key group by 1 order by 1`,
  leases: `select name, holder, fence, expires_at as "expiresAt", expires_at > clock_timestamp() as "isHeld" from lease
    where name not like 'keys of %' order by name`,
  timers: `select name, count(*)::int as count, count(*) filter (where next_at <= clock_timestamp())::int as due,
      count(*) filter (where failures > 0)::int as failing, max(failures) as "mostFailures", min(next_at) as next
    from timer group by 1 order by 1`,
}

/** What a service's database says of itself: migrations, settings of the server, sizes, what waits. Reads no row of a customer. */
export const databaseState = async ({ service, database }: KnownSurroundings) => {
  const url = database.systemUrl ?? database.ownerUrl
  if (url === undefined) return { failed: `${service.name.toUpperCase()}_DATABASE_SYSTEM_URL is not set` }
  return withClient(
    url,
    async (client) => {
      await client.query('set default_transaction_read_only = on')
      const state: Record<string, unknown> = {
        settings: await settingsOf(client),
        migrations: await migrationsIn(client),
      }
      for (const [name, sql] of Object.entries(parts)) state[name] = await rowsOf(client, sql)
      state.waiting = await readWaiting(client).catch(told)
      return state
    },
    'clientele support-bundle',
  )
}

const settingsOf = async (client: pg.Client) => {
  const { rows } = await client.query<{ name: string; setting: string; unit: string | null }>(
    'select name, setting, unit from pg_settings where name = any($1) order by name',
    [serverSettings],
  )
  return Object.fromEntries(rows.map(({ name, setting, unit }) => [name, unit ? `${setting} ${unit}` : setting]))
}

const migrationsIn = async (client: pg.Client) => {
  const [kit, own] = [
    await rowsOf(client, 'select name, run_on from kit_migration order by run_on, id'),
    await rowsOf(client, 'select name, run_on from service_migration order by run_on, id'),
  ]
  return { kit, own }
}

const rowsOf = (client: pg.Client, sql: string): Promise<unknown> =>
  client.query(sql).then(({ rows }) => rows as unknown, told)

/** Of what cannot be read the code alone is told. */
const told = ({ code }: { code?: string }) => ({ failed: code ?? 'unknown' })
