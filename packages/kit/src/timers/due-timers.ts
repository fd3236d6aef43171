import type pg from 'pg'

/** A due timer of a tenant. */
export interface FoundTimer {
  name: string
  entityId: string
  /** How often it has failed since it was set. */
  failures: number
}

/** How many timers of one name and tenant go off together. */
export const mostOfTenant = 200

/** Goes from tenant to tenant by the index, so that a tenant with a million that are due costs as much as any other. */
const tenants = `
  with recursive tenants (tenant) as (
    (select tenant from timer where exists (select from timer where next_at <= $1) order by tenant limit 1)
    union all
    select (select tenant from timer where tenant > tenants.tenant order by tenant limit 1)
    from tenants where tenants.tenant is not null)
  select tenants.tenant from tenants cross join lateral (
    select next_at from timer where timer.tenant = tenants.tenant and next_at <= $1 and name = any($2)
    order by next_at limit 1) first
  where tenants.tenant <> all($3) order by first.next_at`

/** The tenants of whom one of these timers is due, without those that are busy; the longest due first. */
export const dueTenants = async (
  system: pg.Pool,
  at: Date,
  names: readonly string[],
  busy: readonly string[],
): Promise<string[]> => {
  const { rows } = await system.query<{ tenant: string }>(tenants, [at, names, busy])
  return rows.map(({ tenant }) => tenant)
}

/** What is due of a tenant: of each name the longest due, at most 200, so that one which cannot be done now is not in the way of the others. */
export const dueTimers = async (
  system: pg.Pool,
  at: Date,
  names: readonly string[],
  tenant: string,
): Promise<FoundTimer[]> => {
  const { rows } = await system.query<FoundTimer>(
    `select due.* from unnest($2::text[]) as wanted cross join lateral (
       select name, entity_id as "entityId", failures from timer where tenant = $3 and name = wanted and next_at <= $1
       order by next_at limit ${mostOfTenant}) due`,
    [at, names, tenant],
  )
  return rows
}
