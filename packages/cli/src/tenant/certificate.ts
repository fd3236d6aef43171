import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { MasterKeys } from '@clientele/kit'
import { z } from 'zod'
import { UsageError } from '../command.js'

const certificate = z.strictObject({
  what: z.literal('All data of a tenant were removed'),
  tenant: z.string(),
  begunAt: z.string(),
  /** Null until every table was seen empty. */
  endedAt: z.string().nullable(),
  /** SHA-256 of the manifest of what was handed out before; null where nothing was. */
  exported: z.string().nullable(),
  services: z.array(
    z.strictObject({
      service: z.string(),
      /** The last sealed entry of the audit log that went. */
      auditHead: z.strictObject({ number: z.string(), hash: z.string() }).nullable(),
      /** How many rows of each table. */
      rows: z.record(z.string(), z.number()),
      files: z.number(),
    }),
  ),
  /** How many of the stream. */
  events: z.number(),
  /** Under the master key, so that nobody without it can make one. */
  seal: z.strictObject({ wrapped: z.string(), masterKeyId: z.string() }).optional(),
})

/** What remains of a tenant: how many rows of what were removed and when. It holds no data of the tenant. */
export type Certificate = z.output<typeof certificate>
export type CertificateOfService = Certificate['services'][number]

export const newCertificate = (tenant: string, exported: string | null): Certificate => ({
  ...{ what: 'All data of a tenant were removed', tenant, exported },
  ...{ begunAt: new Date().toISOString(), endedAt: null, services: [], events: 0 },
})

export const counted = ({ rows }: CertificateOfService, table: string, count: number) => {
  rows[table] = (rows[table] ?? 0) + count
}

/** The certificate of a file; undefined where there is none. Throws UsageError for anything else. */
export const readCertificate = async (path: string): Promise<Certificate | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new UsageError(`${path} cannot be read (${error.code}).`)
  })
  if (text === undefined) return undefined
  try {
    return certificate.parse(JSON.parse(text))
  } catch {
    throw new UsageError(`${path} is no certificate of a deletion.`)
  }
}

/** Replaces the file as a whole. */
export const writeCertificate = async (path: string, written: Certificate) => {
  await writeFile(`${path}.new`, `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

const context = 'certificate of a deletion'

export const sealCertificate = async (unsealed: Certificate, masterKeys: MasterKeys): Promise<Certificate> => ({
  ...unsealed,
  seal: await masterKeys.wrap(digestOf(unsealed), context),
})

/** Whether this is what was sealed, unchanged. Throws UNAVAILABLE where the master key of that time is not there. */
export const isGenuine = async ({ seal, ...unsealed }: Certificate, masterKeys: MasterKeys): Promise<boolean> =>
  seal !== undefined && digestOf(unsealed).equals(await masterKeys.unwrap(seal, context))

/** Of all that it says, in whatever order. */
const digestOf = ({ seal: _, ...unsealed }: Certificate) =>
  createHash('sha256').update(JSON.stringify(unsealed, inOrder)).digest()

const inOrder = (_: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
