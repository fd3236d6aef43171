import type pg from 'pg'

/** The key whose order events of one consumer belong to. */
export interface ParkedKey {
  tenant: string
  partitionKey: string
}

/** A key whose first event is due. */
export interface DueKey extends ParkedKey {
  /** How often its first event has failed. */
  failures: number
}

/** An event to be parked, behind those of its key that are parked already. */
export interface EventToPark {
  eventId: string
  partitionKey: string
  /** The whole CloudEvent, which carries no personal data. */
  event: string
}

/** Whether the first event of a key has failed. */
export type ParkedKind = 'fresh' | 'failed'

const isOfKind = { fresh: 'failures = 0', failed: 'failures > 0' } as const

/** Goes from tenant to tenant by the index, so that one with a million keys costs as much as any other. */
const tenants = `
  with recursive tenants (tenant) as (
    (select tenant from parked_key where consumer = $1 order by tenant limit 1)
    union all
    select (select tenant from parked_key where consumer = $1 and tenant > tenants.tenant order by tenant limit 1)
    from tenants where tenants.tenant is not null)
  select tenant from tenants`

/** The events of one consumer that wait, in the order of their keys: any replica finds them, and none overtakes them. */
export const parkedEvents = (system: pg.Pool, consumer: string) => ({
  /** Which of these keys of a tenant have events that wait. */
  among: async (tenant: string, keys: readonly string[]): Promise<Set<string>> => {
    const { rows } = await system.query<{ key: string }>(
      'select partition_key as key from parked_key where tenant = $1 and consumer = $2 and partition_key = any($3::uuid[])',
      [tenant, consumer, keys],
    )
    return new Set(rows.map(({ key }) => key))
  },

  /** Parks events of a tenant, in their order. One that is parked already stays where it is. */
  park: async (tenant: string, events: readonly EventToPark[]) => {
    if (events.length) await system.query(park, [tenant, consumer, JSON.stringify(events)])
  },

  /** A tenant's keys whose first event has failed and is due, the longest due first. */
  dueAgain: async (tenant: string, most: number): Promise<DueKey[]> => {
    const { rows } = await system.query<DueKey>(
      `select tenant, partition_key as "partitionKey", failures from parked_key
       where ${ofConsumer} and failures > 0 and due_at <= now() order by due_at limit $3`,
      [tenant, consumer, most],
    )
    return rows
  },

  /** Tenants with keys of a kind that are due, in turn: those after the last one, then the others. */
  tenantsInTurn: async (
    kind: ParkedKind,
    last: string,
    { but = [], only }: { but?: readonly string[]; only?: readonly string[] },
  ): Promise<string[]> => {
    const { rows } = await system.query<{ tenant: string }>(
      `${tenants} where tenant <> all($2) and ($3::text[] is null or tenant = any($3)) and exists (
         select from parked_key key
         where key.tenant = tenants.tenant and consumer = $1 and ${isOfKind[kind]} and due_at <= now())
       order by tenant <= $4, tenant`,
      [consumer, but, only ?? null, last],
    )
    return rows.map(({ tenant }) => tenant)
  },

  /** The first events of a tenant's keys that have not failed, as their texts by key, the longest due first. */
  firstOf: async (tenant: string, perKey: number, most: number) => {
    const { rows } = await system.query<{ partitionKey: string; event: string }>(
      `select partition_key as "partitionKey", event
       from (
         select partition_key, due_at from parked_key
         where ${ofConsumer} and failures = 0 and due_at <= now()
         order by due_at, partition_key limit $4
       ) as key
       cross join lateral (
         select event, position from parked_event where ${ofConsumer} and partition_key = key.partition_key
         order by position limit $3
       ) as first
       order by due_at, partition_key, position limit $4`,
      [tenant, consumer, perKey, most],
    )
    const byKey = Map.groupBy(rows, ({ partitionKey }) => partitionKey)
    return new Map([...byKey].map(([key, events]) => [key, events.map(({ event }) => event)]))
  },

  /** In how many milliseconds the next key of a kind is due, but of these tenants; undefined where none waits. */
  dueInMs: async (kind: ParkedKind, but: readonly string[] = []): Promise<number | undefined> => {
    const { rows } = await system.query<{ ms: number | null }>(
      `select (extract(epoch from min(due_at) - now()) * 1000)::float8 as ms
       from parked_key where consumer = $1 and ${isOfKind[kind]} and tenant <> all($2)`,
      [consumer, but],
    )
    return rows[0]?.ms == null ? undefined : Math.max(0, Math.ceil(rows[0].ms))
  },

  /** The first events of a key, as their texts. */
  first: async ({ tenant, partitionKey }: ParkedKey, most: number): Promise<string[]> => {
    const { rows } = await system.query<{ event: string }>(
      `select event from parked_event where tenant = $1 and consumer = $2 and partition_key = $3 order by position limit $4`,
      [tenant, consumer, partitionKey, most],
    )
    return rows.map(({ event }) => event)
  },

  /** Takes out the events of some keys of a tenant that are done; what is then the first of its key is due in `dueInMs`, having failed so often. */
  settle: async (
    tenant: string,
    keys: readonly string[],
    done: readonly string[],
    { failures, dueInMs }: { failures: number; dueInMs: number } = { failures: 0, dueInMs: 0 },
  ) => {
    const ofKeys = [tenant, consumer, keys]
    const client = await system.connect()
    try {
      await client.query('begin')
      // Whoever parks behind the key at this moment has the row or waits for it, so that no event is left without its key.
      await client.query(
        `select from parked_key where ${ofConsumer} and partition_key = any($3::uuid[]) order by partition_key for update`,
        ofKeys,
      )
      await client.query(`delete from parked_event where ${ofConsumer} and event_id = any($3::uuid[])`, [
        tenant,
        consumer,
        done,
      ])
      await client.query(
        `delete from parked_key key where ${ofConsumer} and partition_key = any($3::uuid[]) and not exists (
           select from parked_event where ${ofConsumer} and partition_key = key.partition_key)`,
        ofKeys,
      )
      await client.query(
        `update parked_key set failures = $4, due_at = now() + $5 * interval '1 millisecond'
         where ${ofConsumer} and partition_key = any($3::uuid[])`,
        [...ofKeys, failures, dueInMs],
      )
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    } finally {
      client.release()
    }
  },
})

export type ParkedEvents = ReturnType<typeof parkedEvents>

const ofConsumer = 'tenant = $1 and consumer = $2'

const park = `
with parking as (
  select * from rows from (jsonb_to_recordset($3::jsonb)
    as ("eventId" uuid, "partitionKey" uuid, event text)) with ordinality as row (event_id, partition_key, event, place)
), keys as (
  insert into parked_key as known (tenant, consumer, partition_key, failures, due_at)
  select distinct on (partition_key) $1, $2, partition_key, 0, now() from parking order by partition_key
  on conflict (tenant, consumer, partition_key) do update set due_at = known.due_at
)
insert into parked_event (tenant, consumer, partition_key, event_id, event)
select $1, $2, partition_key, event_id, event from parking order by place
on conflict do nothing`
