import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type FileStore, fileKey } from '@clientele/files'
import { NotFound, readPages } from '@clientele/kit'
import type pg from 'pg'
import { UsageError } from '../command.js'
import { version } from '../version.js'
import { type Manifest, type ManifestOfService, manifestName } from './manifest.js'
import { auditRevealed } from './revealed-values.js'
import { inTenant, type TenantStore } from './tenant-stores.js'
import { tenantTables } from './tenant-tables.js'

interface Options {
  tenant: string
  /** A folder that is not there yet. */
  out: string
  /** Opens sensitive values, which the export holds sealed otherwise. */
  reveal?: ((service: string, client: pg.Client) => AsyncIterable<{ text: string | null }>) | undefined
  tell(line: string): void
}

/**
 * Writes all that a tenant has into a folder: a file of lines of JSON for each table, of one moment for each service; then the files; at last the
 * manifest. Throws UsageError where the folder is there already.
 */
export const exportTenant = async (stores: readonly TenantStore[], o: Options): Promise<Manifest> => {
  await mkdir(o.out, { mode: 0o700 }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${o.out} ${code === 'EEXIST' ? 'is there already' : `cannot be made (${code})`}: name another folder by --out.`,
    )
  })
  const manifest: Manifest = { tenant: o.tenant, at: new Date().toISOString(), version: await version(), services: [] }
  for (const store of stores) {
    manifest.services.push(await inTenant(store, o.tenant, (client) => exportService(client, store, o)))
    o.tell(lineOf(manifest.services.at(-1)!))
  }
  await writeFile(join(o.out, manifestName), JSON.stringify(manifest, null, 2), { mode: 0o600 })
  return manifest
}

const lineOf = ({ service, tables, files }: ManifestOfService) =>
  `${service}: ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${tables.length} tables, ${files.length} files`

// Policies alone will not do: the owner of profiles sees customers of all tenants, since the function that searches is theirs.
const exportService = async (client: pg.Client, store: TenantStore, o: Options): Promise<ManifestOfService> => {
  const { service } = store
  if (o.reveal) await auditRevealed(client, o.tenant)
  await client.query('begin isolation level repeatable read read only')
  const { rows } = await client.query<{ lastEvent: string | null; auditEntries: number }>(marks, [o.tenant])
  const told: ManifestOfService = { service, ...rows[0]!, tables: [], files: [], missingFiles: [] }
  for (const { name: table, isOfFiles, isSecret } of await tenantTables(client)) {
    if (isSecret) {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from ${client.escapeIdentifier(table)} where tenant = $1`,
        [o.tenant],
      )
      told.tables.push({ table, rows: rows[0]!.n })
      continue
    }
    const path = `${service}/${table}.ndjson`
    const lines = linesOf(client, table, o.tenant)
    told.tables.push({ table, path, ...(await writeLines(join(o.out, path), lines)) })
    if (!isOfFiles) continue
    const { files, missingFiles } = await exportFiles(client, store, table, o)
    told.files.push(...files)
    told.missingFiles.push(...missingFiles)
  }
  if (o.reveal) {
    const path = `${service}/revealed_value.ndjson`
    let damaged = 0
    const lines = asLines(o.reveal(service, client), ({ text }) => {
      if (text === null) damaged++
    })
    told.tables.push({ table: 'revealed_value', path, ...(await writeLines(join(o.out, path), lines)) })
    if (damaged) o.tell(`${service}: ${damaged} sensitive values are damaged and cannot be opened; their text is null`)
  }
  await client.query('commit')
  return told
}

/** What a service was told last about a tenant: whoever changes anything leaves an event and an entry. */
export const marks = `select (select max(position)::text from outbox where tenant = $1) as "lastEvent",
  (select count(*)::int from audit_entry where tenant = $1 and outcome = 'DONE') as "auditEntries"`

async function* linesOf(client: pg.Client, table: string, tenant: string) {
  const sql = `select row_to_json(t.*)::text as line from ${client.escapeIdentifier(table)} as t where t.tenant = $1`
  for await (const rows of readPages<{ line: string }>(client, sql, [tenant])) for (const { line } of rows) yield line
}

async function* asLines<T extends object>(objects: AsyncIterable<T>, look: (object: T) => void) {
  for await (const object of objects) {
    look(object)
    yield JSON.stringify(object)
  }
}

const writeLines = async (path: string, lines: AsyncIterable<string>) => {
  let rows = 0
  const counted = async function* () {
    for await (const line of lines) {
      rows++
      yield `${line}\n`
    }
  }
  const sha256 = await write(path, counted())
  return { rows, sha256 }
}

/** Writes as it comes; resolves with the hash. */
const write = async (path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<string> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  for await (const chunk of chunks) {
    hash.update(chunk)
    if (!file.write(chunk)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
  return hash.digest('hex')
}

const exportFiles = async (client: pg.Client, { service, files }: TenantStore, table: string, o: Options) => {
  const { rows } = await client.query<{ id: string }>(
    `select id from ${client.escapeIdentifier(table)} where tenant = $1 order by id`,
    [o.tenant],
  )
  const store = rows.length ? await files() : undefined
  const told: Pick<ManifestOfService, 'files' | 'missingFiles'> = { files: [], missingFiles: [] }
  for (const { id } of rows) {
    const path = `${service}/files/${id}`
    const body = await bytesOf(store!, fileKey(service, o.tenant, id))
    if (!body) {
      told.missingFiles.push(id)
      continue
    }
    const sha256 = await write(join(o.out, path), body)
    told.files.push({ id, bytes: (await stat(join(o.out, path))).size, path, sha256 })
  }
  const missing = told.missingFiles.length
  if (missing) {
    o.tell(
      `${service}: ${missing} files have no bytes in the store (missingFiles of the manifest): they never arrived, were refused, or are elsewhere`,
    )
  }
  return told
}

/** Nothing for a file that never arrived, or was refused. */
const bytesOf = (store: FileStore, key: string) =>
  store.read(key).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
