import type pg from 'pg'
import { tenantCount } from '../seed/seed.js'

/** Timers that are due tomorrow and in the month behind it. */
export const addWaiting = async (client: pg.Client, count: number) => {
  await client.query(insert, [count, new Date(Date.now() + 86_400_000), (30 * 86_400_000) / count])
  await client.query('vacuum analyze timer')
}

/** Timers that are due from `begin` on, one every so many milliseconds, of all tenants in turn. */
export const addDue = async (
  client: pg.Client,
  { count, begin, everyMs }: { count: number; begin: Date; everyMs: number },
) => {
  await client.query(insert, [count, begin, everyMs])
}

const insert = `
  insert into timer (tenant, name, entity_id, due_at, next_at)
  select 'tenant-' || n % ${tenantCount}, 'tick', gen_random_uuid(), at, at
  from generate_series(1, $1::int) n
  cross join lateral (select $2::timestamptz + n * $3::float8 * interval '1 ms' as at) moment`
