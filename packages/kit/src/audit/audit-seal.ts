import type pg from 'pg'
import type { Job } from '../jobs/job.js'
import { beginning, type ChainKey, type ChainRow, chainColumns, hashOf } from './audit-chain.js'

const perBatch = 1_000

interface Head {
  number: bigint
  hash: Buffer
}

/**
 * Gives each committed entry its place in the chain of its tenant. Apart from the writing transactions, so that these do not wait for each other; an
 * entry that is committed late is sealed late, as nothing but its missing number says that it is to be sealed.
 */
export const sealing = (service: string, chainKey: ChainKey): Job => {
  const seen = new Map<string, Head>()

  const seal = async (client: pg.PoolClient, tenant: string, key: Uint8Array) => {
    const head = await headOf(client, tenant)
    refuseRollback(tenant, head, seen.get(tenant))
    const { rows } = await client.query<ChainRow>(
      `select ${chainColumns} from audit_entry where tenant = $1 and number is null order by audit_entry.position limit ${perBatch}`,
      [tenant],
    )
    if (!rows.length) return 0
    let { number, hash } = head
    const places = rows.map((row) => {
      number += 1n
      hash = hashOf(key, hash, { ...row, number: String(number) })
      return { position: row.position, number: String(number), hash }
    })
    const { rowCount } = await client.query(
      `update audit_entry e set number = place.number, hash = place.hash
       from unnest($2::bigint[], $3::bigint[], $4::bytea[]) as place (position, number, hash)
       where e.tenant = $1 and e.number is null and e.position = place.position`,
      [tenant, places.map((p) => p.position), places.map((p) => p.number), places.map((p) => p.hash)],
    )
    if (rowCount !== rows.length) throw new Error(`${rows.length} entries were to be sealed, and ${rowCount} were.`)
    await client.query('update audit_head set number = $2, hash = $3 where tenant = $1', [tenant, String(number), hash])
    seen.set(tenant, { number, hash })
    return rows.length
  }

  return {
    name: `${service}-audit-sealing`,
    everyMs: 1_000,
    run: async ({ system, signal, log }) => {
      let sealed = 0
      for (const tenant of await unsealedTenants(system)) {
        if (signal.aborted) break
        sealed += await chainKey(tenant)
          .then((key) => inTransaction(system, (client) => seal(client, tenant, key)))
          .catch((err: unknown) => {
            log.error({ err, tenant }, 'the audit log of a tenant could not be sealed')
            return 0
          })
      }
      return sealed
    },
  }
}

/** Locked, so that a replica that lost its lease without knowing cannot give the same place twice. */
const headOf = async (client: pg.PoolClient, tenant: string): Promise<Head> => {
  await client.query(
    'insert into audit_head (tenant, number, hash) values ($1, 0, $2) on conflict (tenant) do nothing',
    [tenant, beginning],
  )
  const { rows } = await client.query<{ number: string; hash: Buffer }>(
    'select number, hash from audit_head where tenant = $1 for update',
    [tenant],
  )
  const { number, hash } = rows[0]!
  return { number: BigInt(number), hash }
}

/** Whoever turns a chain back while this process runs is found at once; what they changed is not sealed over. */
const refuseRollback = (tenant: string, head: Head, seen: Head | undefined) => {
  if (!seen || head.number > seen.number) return
  if (head.number === seen.number && head.hash.equals(seen.hash)) return
  throw new Error(`The audit chain of ${tenant} was turned back from entry ${seen.number} to ${head.number}.`)
}

const unsealedTenants = async (system: pg.Pool) => {
  const { rows } = await system.query<{ tenant: string }>(
    'select distinct tenant from audit_entry where number is null',
  )
  return rows.map(({ tenant }) => tenant)
}

const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  let lost: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((fault: Error) => {
      lost = fault
    })
    throw error
  } finally {
    client.release(lost)
  }
}
