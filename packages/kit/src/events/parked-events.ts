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
  /** Of the event, where it is the first of its key. */
  failures: number
  /** In how many milliseconds it is due, where it is the first of its key. */
  dueInMs: number
}

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

  /** Keys whose first event is due, the longest due first: of those that have failed, or of those that have not. */
  due: async (failed: boolean, most: number): Promise<DueKey[]> => {
    const { rows } = await system.query<DueKey>(
      `select tenant, partition_key as "partitionKey", failures from parked_key
       where consumer = $1 and (failures > 0) = $2 and due_at <= now() order by due_at limit $3`,
      [consumer, failed, most],
    )
    return rows
  },

  /** In how many milliseconds the next key is due, unless given of both kinds; undefined where none waits. */
  dueInMs: async (failed?: boolean): Promise<number | undefined> => {
    const { rows } = await system.query<{ ms: number | null }>(
      `select (extract(epoch from min(due_at) - now()) * 1000)::float8 as ms
       from parked_key where consumer = $1 and ($2::boolean is null or (failures > 0) = $2)`,
      [consumer, failed ?? null],
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

  /** Takes out the events that are done; what is then first is due in `dueInMs`, having failed so often. */
  settle: async ({ tenant, partitionKey }: ParkedKey, done: readonly string[], failures: number, dueInMs: number) => {
    const key = [tenant, consumer, partitionKey]
    const client = await system.connect()
    try {
      await client.query('begin')
      // Whoever parks behind the key at this moment has the row or waits for it, so that no event is left without its key.
      await client.query(`select from parked_key where ${ofKey} for update`, key)
      await client.query(
        `delete from parked_event where tenant = $1 and consumer = $2 and event_id = any($3::uuid[])`,
        [tenant, consumer, done],
      )
      await client.query(
        `delete from parked_key where ${ofKey} and not exists (select from parked_event where ${ofKey})`,
        key,
      )
      await client.query(
        `update parked_key set failures = $4, due_at = now() + $5 * interval '1 millisecond' where ${ofKey}`,
        [...key, failures, dueInMs],
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

const ofKey = 'tenant = $1 and consumer = $2 and partition_key = $3'

const park = `
with parking as (
  select * from rows from (jsonb_to_recordset($3::jsonb)
    as ("eventId" uuid, "partitionKey" uuid, event text, failures int, "dueInMs" int))
    with ordinality as row (event_id, partition_key, event, failures, due_in_ms, place)
), keys as (
  insert into parked_key as known (tenant, consumer, partition_key, failures, due_at)
  select distinct on (partition_key) $1, $2, partition_key, failures, now() + due_in_ms * interval '1 millisecond'
  from parking order by partition_key, place
  on conflict (tenant, consumer, partition_key) do update set due_at = known.due_at
)
insert into parked_event (tenant, consumer, partition_key, event_id, event)
select $1, $2, partition_key, event_id, event from parking order by place
on conflict do nothing`
