import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UsageError } from '../command.js'

const written = { path: z.string(), sha256: z.string() }

const manifest = z.object({
  tenant: z.string(),
  at: z.string(),
  version: z.string(),
  services: z.array(
    z.object({
      service: z.string(),
      /** The newest event of the tenant, and how many entries its audit log has: who changes anything leaves both. */
      lastEvent: z.string().nullable(),
      auditEntries: z.number(),
      tables: z.array(z.object({ table: z.string(), rows: z.number(), ...z.object(written).partial().shape })),
      files: z.array(z.object({ id: z.string(), bytes: z.number(), ...written })),
      /** Ids of files whose bytes are not in the store. */
      missingFiles: z.array(z.string()),
    }),
  ),
})

/** What an export of a tenant holds: every table with its rows, every file, each with the hash of what was written. */
export type Manifest = z.output<typeof manifest>
export type ManifestOfService = Manifest['services'][number]

export const manifestName = 'manifest.json'

/** The manifest of an export and its own hash. Throws UsageError where it is none, is another tenant's, or a file beside it is not as it says. */
export const readManifest = async (folder: string, tenant: string): Promise<{ manifest: Manifest; sha256: string }> => {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`${join(folder, manifestName)} cannot be read (${code}): it is the last file of an export.`)
  })
  const read = manifest.safeParse(parsed(text))
  if (!read.success) throw new UsageError(`${join(folder, manifestName)} is no manifest of an export.`)
  if (read.data.tenant !== tenant) throw new UsageError(`This is an export of "${read.data.tenant}".`)
  for (const service of read.data.services) {
    for (const { path, sha256 } of [...service.tables, ...service.files]) {
      if (path && (await hashOfFile(join(folder, path))) !== sha256) {
        throw new UsageError(`${path} of the export is not as its manifest says: export again.`)
      }
    }
  }
  return { manifest: read.data, sha256: createHash('sha256').update(text).digest('hex') }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const hashOfFile = async (path: string) => {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch {
    return undefined
  }
  return hash.digest('hex')
}
