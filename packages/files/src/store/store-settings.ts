import { Conflict, type Context, url } from '@clientele/kit'
import { z } from 'zod'
import type { FileStore } from './file-store.js'
import { localFolder } from './local-folder.js'

/** Settings of a service whose entities have files: a bucket, or a folder on one machine. */
export const fileStoreSettings = z.object({
  FILES_FOLDER: z.string().min(1).optional(),
  FILES_S3_BUCKET: z.string().min(3).optional(),
  FILES_S3_REGION: z.string().default('us-east-1'),
  /** Of another server than Amazon's. */
  FILES_S3_ENDPOINT: url().optional(),
  /** Where links lead, where clients reach that server by another name. */
  FILES_S3_PUBLIC_ENDPOINT: url().optional(),
  /** With its secret; without them the role of the pod or machine on AWS. */
  FILES_S3_ACCESS_KEY_ID: z.string().optional(),
  FILES_S3_SECRET_ACCESS_KEY: z.string().optional(),
  /** A scanner of viruses that speaks ICAP, such as `icap://scanner:1344/avscan`; nobody can get a file until it has found it clean. */
  FILES_ICAP_URL: z.url({ protocol: /^icaps?$/, error: 'a URL that starts with icap:// or icaps://' }).optional(),
})

/** Where files are scanned; undefined where they are not. */
export const scannerOf = ({ settings }: Pick<Context, 'settings'>): URL | undefined => {
  const { FILES_ICAP_URL: url } = settings as { FILES_ICAP_URL?: string }
  return url ? new URL(url) : undefined
}

const stores = new WeakMap<object, Promise<FileStore>>()

/** The store that the service's settings name, one for each process. Throws CONFLICT `files.off` where they name none. */
export const fileStoreOf = (service: string, ctx: Pick<Context, 'settings' | 'link'>): Promise<FileStore> => {
  const known = stores.get(ctx.settings) ?? openStore(service, fileStoreSettings.parse(ctx.settings), ctx.link)
  stores.set(ctx.settings, known)
  return known
}

/** The store that these settings of a service name, for who uploads nothing and hands out no link. Throws CONFLICT `files.off` where they name none. */
export const openFileStore = (service: string, settings: unknown): Promise<FileStore> =>
  openStore(service, fileStoreSettings.parse(settings), (path) => path)

const openStore = async (service: string, settings: z.output<typeof fileStoreSettings>, link: Context['link']) => {
  const { FILES_FOLDER: folder, FILES_S3_BUCKET: bucket } = settings
  if (folder) return localFolder(folder, (token) => link(`/files/${service}/${token}`))
  if (!bucket) throw new Conflict('No store of files is set up here.', { reason: 'files.off' })
  const { FILES_S3_ACCESS_KEY_ID: accessKeyId, FILES_S3_SECRET_ACCESS_KEY: secretAccessKey } = settings
  // Its libraries take memory that nobody needs who keeps files in a folder.
  const { s3Store } = await import('./s3.js')
  return s3Store({
    bucket,
    region: settings.FILES_S3_REGION,
    endpoint: settings.FILES_S3_ENDPOINT,
    publicEndpoint: settings.FILES_S3_PUBLIC_ENDPOINT,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  })
}
