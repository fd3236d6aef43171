import type pg from 'pg'
import { beginning, type ChainKey, type ChainRow, chainColumns, hashOf } from './audit-chain.js'

/** What is wrong with a chain. CUT_OFF: its end is gone, or is not the one that was expected. UNSEALED: entries wait longer than they may. */
export type ChainFaultKind = 'CHANGED' | 'MISSING' | 'REORDERED' | 'CUT_OFF' | 'UNSEALED'

/** The first fault of a chain, with the place of the entry. */
export interface ChainFault {
  kind: ChainFaultKind
  number: string
  message: string
}

/** The last sealed entry of a tenant's chain in one service, to be kept where nobody who can write to the database can. */
export interface ChainHead {
  service: string
  tenant: string
  number: string
  /** Hexadecimal. */
  hash: string
}

/** How a tenant's chain was found. */
export interface ChainReport {
  service: string
  tenant: string
  sealed: number
  unsealed: number
  fault: ChainFault | null
}

interface Options {
  service: string
  chainKey: ChainKey
  /** Entries that wait longer than this to be sealed are a fault; in milliseconds. */
  patience: number
  /** Heads of this service that were kept elsewhere. */
  expected?: readonly ChainHead[]
  tenant?: string | undefined
}

const perPage = 2_000
// Of numbers, so that nothing is hidden before the first entry.
const lowest = '-9223372036854775808'

/** Walks each chain of a database; calls back with one report per tenant. */
export async function* verifyChains(pool: pg.Pool, o: Options): AsyncGenerator<ChainReport> {
  const expected = (o.expected ?? []).filter(({ tenant }) => o.tenant === undefined || tenant === o.tenant)
  const tenants = o.tenant === undefined ? await chainTenants(pool) : [o.tenant]
  for (const tenant of new Set([...tenants, ...expected.map((head) => head.tenant)])) {
    const kept = expected.filter((head) => head.tenant === tenant)
    yield await inSnapshot(pool, (client) => verifyChain(client, tenant, kept, o))
  }
}

/** The heads of all chains of a service. */
export const chainHeads = async (pool: pg.Pool, service: string): Promise<ChainHead[]> => {
  const { rows } = await pool.query<ChainHead>(
    `select $1 as service, tenant, number::text, encode(hash, 'hex') as hash from audit_head order by tenant`,
    [service],
  )
  return rows
}

const verifyChain = async (client: pg.PoolClient, tenant: string, kept: readonly ChainHead[], o: Options) => {
  const walked = await walk(client, tenant, o.chainKey, new Map(kept.map((head) => [head.number, head])))
  const waiting = await waitingOf(client, tenant, o.patience)
  const fault = walked.fault ?? (await endFault(client, tenant, walked, kept)) ?? waiting.fault
  return { service: o.service, tenant, sealed: walked.sealed, unsealed: waiting.unsealed, fault }
}

/** Follows the chain to its end, or to its first fault. */
const walk = async (
  client: pg.PoolClient,
  tenant: string,
  chainKey: ChainKey,
  kept: ReadonlyMap<string, ChainHead>,
) => {
  let previous = beginning
  let sealed = 0
  for (let after = lowest; ; after = String(sealed)) {
    const rows = await page(client, tenant, after)
    if (!rows.length) return { sealed, hash: previous, fault: null }
    // A key is made where there is none yet: not for a tenant without entries.
    const key = await chainKey(tenant)
    for (const row of rows) {
      const number = String(sealed + 1)
      const fits = row.number === number && row.hash && hashOf(key, previous, row).equals(row.hash)
      if (!fits) return { sealed, hash: previous, fault: await nameFault(client, tenant, key, previous, number, row) }
      const expected = kept.get(number)
      if (expected && expected.hash !== row.hash?.toString('hex'))
        return { sealed, hash: previous, fault: turned(number) }
      previous = row.hash as Buffer
      sealed++
    }
  }
}

const page = async (client: pg.PoolClient, tenant: string, after: string) => {
  const { rows } = await client.query<ChainRow>(
    `select ${chainColumns} from audit_entry where tenant = $1 and audit_entry.number > $2 order by audit_entry.number limit ${perPage}`,
    [tenant, after],
  )
  return rows
}

/** Looks through the rest of the chain for the entry that belongs where another one stands, or none. */
const nameFault = async (
  client: pg.PoolClient,
  tenant: string,
  key: Uint8Array,
  previous: Uint8Array,
  number: string,
  found: ChainRow,
): Promise<ChainFault> => {
  for (let after = lowest; ; ) {
    const rows = await page(client, tenant, after)
    const belonging = rows.find((row) => row.hash && hashOf(key, previous, { ...row, number }).equals(row.hash))
    if (belonging) {
      const stands =
        belonging.number === number ? `behind one with the number ${found.number}` : `at ${belonging.number}`
      return { kind: 'REORDERED', number, message: `the entry that belongs here stands ${stands}` }
    }
    const last = rows.at(-1)
    if (!last) break
    after = last.number as string
  }
  if (found.number !== number) {
    return { kind: 'MISSING', number, message: `the next entry that there is has the number ${found.number}` }
  }
  return { kind: 'CHANGED', number, message: 'the entry is not the one that was sealed here, or one before it is gone' }
}

const endFault = async (
  client: pg.PoolClient,
  tenant: string,
  walked: { sealed: number; hash: Uint8Array },
  kept: readonly ChainHead[],
): Promise<ChainFault | null> => {
  const { rows } = await client.query<{ number: string; hash: Buffer }>(
    'select number, hash from audit_head where tenant = $1',
    [tenant],
  )
  const head = rows[0] ?? { number: '0', hash: Buffer.from(beginning) }
  const furthest = [head.number, ...kept.map(({ number }) => number)].map(Number).toSorted((a, b) => b - a)[0] ?? 0
  const number = String(walked.sealed + 1)
  if (furthest > walked.sealed) {
    return { kind: 'CUT_OFF', number, message: `there were entries up to ${furthest}` }
  }
  if (Number(head.number) === walked.sealed && head.hash.equals(walked.hash)) return null
  return { kind: 'CUT_OFF', number, message: `the head of the chain is that of entry ${head.number}` }
}

const turned = (number: string): ChainFault => ({
  kind: 'CUT_OFF',
  number,
  message: 'another entry stood here when the expected head was kept: the chain was cut off and sealed again',
})

const waitingOf = async (client: pg.PoolClient, tenant: string, patience: number) => {
  const { rows } = await client.query<{ unsealed: number; late: number; oldest: Date }>(
    `select count(*)::int as unsealed, min(at) as oldest,
       (count(*) filter (where at < now() - $2 * interval '1 millisecond'))::int as late
     from audit_entry where tenant = $1 and audit_entry.number is null`,
    [tenant, patience],
  )
  const { unsealed, late, oldest } = rows[0]!
  const fault: ChainFault | null = late
    ? { kind: 'UNSEALED', number: '', message: `${late} entries wait to be sealed, since ${oldest.toISOString()}` }
    : null
  return { unsealed, fault }
}

/** Tenants with entries or a head. Jumps from tenant to tenant: there may be millions of entries of each. */
const chainTenants = async (pool: pg.Pool) => {
  const { rows } = await pool.query<{ tenant: string }>(
    `with recursive hop(tenant) as (
       (select tenant from audit_entry order by tenant limit 1)
       union all
       select (select e.tenant from audit_entry e where e.tenant > hop.tenant order by e.tenant limit 1) from hop where hop.tenant is not null)
     select tenant from hop where tenant is not null union select tenant from audit_head order by tenant`,
  )
  return rows.map(({ tenant }) => tenant)
}

/** Sees the chain as it is at one moment, though it grows meanwhile. */
const inSnapshot = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    return await work(client)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}
