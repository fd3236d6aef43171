import type pg from 'pg'
import { blindIndexOf } from './blind-index.js'
import { openText, seal } from './cipher.js'
import { dataKeyPlace, type KeyScope, unwrapDataKey } from './data-keys.js'
import { valuePlace } from './sealed-values.js'

interface PassScope extends KeyScope {
  /** The service's own role, under row-level security. */
  app: pg.Pool
  generation: number
  batch: number
  signal?: AbortSignal
}

/** Brings data keys under the new tenant key, batch by batch; passes over what somebody holds. */
export const rewrapDataKeys = (scope: PassScope, progress: (done: number) => void) =>
  inBatches(scope, progress, async (client) => {
    const { rows } = await client.query<{ owner: string; wrapped: Buffer; generation: number }>(
      `select owner_id as owner, wrapped, key_generation as generation from data_key
       where key_generation < $1 order by key_generation, owner_id limit $2 for update skip locked`,
      [scope.generation, scope.batch],
    )
    if (!rows.length) return 0
    const { wrapping } = await scope.tenantKeys.generation(scope.tenant, scope.generation)
    const anew = []
    for (const row of rows) {
      const key = await unwrapDataKey(scope, row)
      anew.push({ owner: row.owner, wrapped: seal(wrapping, dataKeyPlace(scope, row.owner), key).toString('base64') })
    }
    await client.query(
      `update data_key set wrapped = decode(anew.wrapped, 'base64'), key_generation = $1
       from jsonb_to_recordset($2::jsonb) as anew (owner uuid, wrapped text) where data_key.owner_id = anew.owner`,
      [scope.generation, JSON.stringify(anew)],
    )
    return rows.length
  })

/** Makes blind indexes anew with the new tenant key, batch by batch; passes over what somebody holds. */
export const reindexValues = (scope: PassScope, progress: (done: number) => void) =>
  inBatches(scope, progress, async (client) => {
    const { rows } = await client.query<{
      owner: string
      field: string
      sealed: Buffer
      wrapped: Buffer
      generation: number
    }>(
      `select v.owner_id as owner, v.field, v.sealed, k.wrapped, k.key_generation as generation
       from sealed_value v join data_key k on k.owner_id = v.owner_id
       where v.index_generation < $1 order by v.index_generation, v.owner_id limit $2 for update of v skip locked`,
      [scope.generation, scope.batch],
    )
    if (!rows.length) return 0
    const key = await scope.tenantKeys.generation(scope.tenant, scope.generation)
    const anew = []
    for (const row of rows) {
      const text = openText(await unwrapDataKey(scope, row), valuePlace(scope, row), row.sealed)
      const index = await blindIndexOf(key, row.field, text)
      anew.push({ owner: row.owner, field: row.field, index: index?.toString('base64') ?? null })
    }
    await client.query(
      `update sealed_value v set blind_index = decode(anew.index, 'base64'),
         index_generation = case when anew.index is not null then $1::int end
       from jsonb_to_recordset($2::jsonb) as anew (owner uuid, field text, index text)
       where v.owner_id = anew.owner and v.field = anew.field`,
      [scope.generation, JSON.stringify(anew)],
    )
    return rows.length
  })

const inBatches = async (
  { app, tenant, signal }: PassScope,
  progress: (done: number) => void,
  work: (client: pg.PoolClient) => Promise<number>,
) => {
  for (let done = 0; ; ) {
    signal?.throwIfAborted()
    const moved = await inTenant(app, tenant, work)
    if (!moved) return
    done += moved
    progress(done)
  }
}

const inTenant = async <T>(app: pg.Pool, tenant: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await app.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.tenant', $1, true)`, [tenant])
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
