import { setTimeout as pause } from 'node:timers/promises'
import { fileKey, removeFileObject, thumbnailKey } from '@clientele/files'
import { connectNats, streamInfo, streamName } from '@clientele/kit'
import { jetstreamManager } from '@nats-io/jetstream'
import type pg from 'pg'
import { UsageError } from '../command.js'
import { type Certificate, type CertificateOfService, counted } from './certificate.js'
import { marks } from './export-tenant.js'
import type { Manifest } from './manifest.js'
import { inTenant, type TenantStore } from './tenant-stores.js'
import { type TenantTable, tenantTables } from './tenant-tables.js'

const perStatement = 5_000
/**
 * What is under way may write once more after its table was emptied, and staff come back with each look into the directory, every minute: so much
 * later it is looked again.
 */
const patienceMs = 75_000
const mostRounds = 6

interface Options {
  tenant: string
  natsUrl: string
  certificate: Certificate
  /** Keeps the certificate as it is now. */
  keep(): Promise<void>
  tell(line: string): void
}

/** Throws UsageError where anything of the tenant was changed after it was exported. */
export const refuseChanged = async (stores: readonly TenantStore[], { tenant, services }: Manifest) => {
  for (const store of stores) {
    const exported = services.find(({ service }) => service === store.service)
    if (!exported) throw new UsageError(`The export has nothing of ${store.service}: export again.`)
    const { rows } = await inTenant(store, tenant, (client) => client.query(marks, [tenant]))
    const { lastEvent, auditEntries } = rows[0] as Pick<typeof exported, 'lastEvent' | 'auditEntries'>
    const isNewer = lastEvent !== null && BigInt(lastEvent) > BigInt(exported.lastEvent ?? 0)
    if (isNewer || auditEntries > exported.auditEntries) {
      throw new UsageError(
        `${store.service} has changes of "${tenant}" that are younger than the export. See that nobody works there any more, then export again.`,
      )
    }
  }
}

/**
 * Removes all that a tenant has: keys first, then rows, files and events. May be stopped anywhere and run again with the same certificate. Resolves
 * when every table was seen empty twice, some seconds apart; throws where the tenant goes on writing.
 */
export const deleteTenant = (stores: readonly TenantStore[], o: Options): Promise<void> =>
  inTenant(stores[0]!, o.tenant, async (client) => {
    const { rows } = await client.query<{ alone: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('delete ' || $1, 0)) as alone`,
      [o.tenant],
    )
    if (!rows[0]?.alone) throw new UsageError(`Somebody else is removing "${o.tenant}".`)
    await deleteAlone(stores, o)
  })

const deleteAlone = async (stores: readonly TenantStore[], o: Options) => {
  for (const store of stores) await inTenant(store, o.tenant, (client) => noteHead(client, store, o))
  for (let round = 0, wasEmpty = false; ; round++) {
    let removed = 0
    for (const store of stores) removed += await inTenant(store, o.tenant, (client) => empty(client, store, o))
    removed += await purge(o)
    if (!removed && wasEmpty) return
    wasEmpty = !removed
    if (wasEmpty) await pause(patienceMs)
    if (round === mostRounds) {
      throw new Error(
        `Something goes on writing for "${o.tenant}". While the issuer has its organization, its staff come back: delete it there, end all access, then run this again.`,
      )
    }
  }
}

/** Throws UsageError where there is nothing of a tenant in any database: the name may be wrong. */
export const refuseUnknown = async (stores: readonly TenantStore[], tenant: string) => {
  for (const store of stores) {
    const found = await inTenant(store, tenant, async (client) => {
      for (const { name } of await tenantTables(client)) {
        const { rowCount } = await client.query(
          `select from ${client.escapeIdentifier(name)} where tenant = $1 limit 1`,
          [tenant],
        )
        if (rowCount) return true
      }
      return false
    })
    if (found) return
  }
  throw new UsageError(`There is nothing of "${tenant}" in any database: is it spelt so?`)
}

const noteHead = async (client: pg.Client, { service }: TenantStore, { tenant, certificate, keep }: Options) => {
  if (certificate.services.some((one) => one.service === service)) return
  const { rows } = await client.query<{ number: string; hash: string }>(
    `select number::text, encode(hash, 'hex') as hash from audit_head where tenant = $1`,
    [tenant],
  )
  certificate.services.push({ service, auditHead: rows[0] ?? null, rows: {}, files: 0 })
  await keep()
}

const empty = async (client: pg.Client, store: TenantStore, o: Options) => {
  const told = o.certificate.services.find(({ service }) => service === store.service)!
  let removed = 0
  for (const table of await tenantTables(client)) {
    const rows = await emptyTable(client, store, table, o, told)
    if (!rows) continue
    removed += rows
    o.tell(`${store.service}.${table.name}: ${rows} rows`)
  }
  return removed
}

const emptyTable = async (
  client: pg.Client,
  store: TenantStore,
  { name, isOfFiles, isLinked }: TenantTable,
  { tenant, keep }: Options,
  told: CertificateOfService,
) => {
  if (name === 'timer') await removeBytes(client, store, tenant)
  const table = client.escapeIdentifier(name)
  const some = `and ctid = any(array(select ctid from ${table} where tenant = $1 limit ${perStatement}))`
  let removed = 0
  for (;;) {
    const { rowCount } = await client.query(`delete from ${table} where tenant = $1 ${isLinked ? '' : some}`, [tenant])
    if (!rowCount) return removed
    removed += rowCount
    counted(told, name, rowCount)
    if (isOfFiles) told.files += rowCount
    await keep()
  }
}

/** Each row of a file that went has left a timer for its bytes, so that none are forgotten wherever this is stopped. */
const removeBytes = async (client: pg.Client, { service, files }: TenantStore, tenant: string) => {
  const timers = 'from timer where tenant = $1 and name = $2'
  for (;;) {
    const { rows } = await client.query<{ id: string }>(`select entity_id as id ${timers} limit ${perStatement}`, [
      tenant,
      removeFileObject.name,
    ])
    if (!rows.length) return
    const store = await files()
    for (const { id } of rows) {
      const key = fileKey(service, tenant, id)
      for (const each of [key, thumbnailKey(key)]) await store.remove(each)
    }
    const ids = rows.map(({ id }) => id)
    await client.query(`delete ${timers} and entity_id = any($3::uuid[])`, [tenant, removeFileObject.name, ids])
  }
}

/** Takes the tenant's events out of the stream; consumers that have not seen them never will. */
const purge = async ({ natsUrl, tenant, certificate, keep }: Options) => {
  const nats = await connectNats(natsUrl, 'clientele tenant')
  try {
    const jsm = await jetstreamManager(nats, { checkAPI: false })
    if (!(await streamInfo(jsm))) return 0
    const { purged } = await jsm.streams.purge(streamName, { filter: `clientele.evt.${tenant}.>` })
    certificate.events += purged
    await keep()
    return purged
  } finally {
    await nats.close()
  }
}
