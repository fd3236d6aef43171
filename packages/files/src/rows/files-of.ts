import { buffer } from 'node:stream/consumers'
import { limits } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkNumber,
  checkRequiredText,
  type Finish,
  locked,
  NotFound,
  type Rule,
  removeRecord,
  setTimers,
  type Transaction,
  type ValidationIssues,
} from '@clientele/kit'
import { type EntityName, LockMode } from '@mikro-orm/core'
import { askScanner } from '../scan/icap.js'
import { fileKey, thumbnailKey } from '../store/file-store.js'
import { fileStoreOf, scannerOf } from '../store/store-settings.js'
import { isReadableImage, makeThumbnail, thumbnailType } from '../thumbnails/make-thumbnail.js'
import { endFileUpload, makeFileThumbnail, removeFileObject, scanFile } from './file-timers.js'
import { inspect } from './inspect.js'
import type { StoredFile } from './stored-file.js'

const uploadMs = 3_600_000
/** Longer than the clocks of two machines differ. */
const graceMs = 600_000
const downloadSeconds = 300

const awaited = {
  status: 'STAGED',
  mediaType: null,
  sha256: null,
  refusal: null,
  thumbnailAt: null,
  thumbnailFault: null,
}

export type FileChange = 'staged' | 'arrived' | 'attached' | 'refused' | 'thumbnailed' | 'removed'

/** Of which table the files are, who may change them, and what is told of it. */
export interface FileTable<File extends StoredFile> {
  service: string
  entity: EntityName<File>
  /** Who may attach and remove them. */
  write: Rule
  /** Emits the event of a change. */
  tell(tx: Transaction, file: File, change: FileChange): void
}

/** What a file may be called and how large it may be. Its name is no path. */
export const checkFile = (issues: ValidationIssues, given: { name: string; bytes: number }) => ({
  name: checkRequiredText(issues, 'name', given.name, limits.fileName).replaceAll(/[/\\]/g, '_'),
  bytes: checkNumber(issues, 'bytes', given.bytes, limits.fileBytes),
})

/**
 * The files of one table: announced, uploaded by a link past us, taken when they are what they may be, and gone with their row, however that
 * goes: its table's trigger sets the timer `removeFileObject`, which is tried until the store has done it.
 */
export const filesOf = <File extends StoredFile>({ service, entity, write, tell }: FileTable<File>) => {
  const keyOf = (of: Pick<Context, 'actor'>, id: string) => fileKey(service, of.actor.tenant, id)

  const remove = async (tx: Transaction, file: File) => {
    await removeRecord(tx, entity, file)
    tell(tx, file, 'removed')
  }

  const findLocked = (tx: Transaction, where: object) =>
    tx.em.findOne(entity, where as never, {
      filters: false,
      lockMode: LockMode.PESSIMISTIC_WRITE,
    }) as Promise<File | null>

  /** A file that is what it may be can be had, and soon has a thumbnail; another one is gone soon. */
  const settle = async (tx: Transaction, file: File, refusal: File['refusal']) => {
    Object.assign(file, {
      status: refusal ? 'REFUSED' : 'READY',
      refusal,
      ...(refusal && { mediaType: null, sha256: null }),
    })
    const soon = [{ entityId: file.id, at: tx.now() }]
    if (refusal) await setTimers(tx, removeFileObject, soon)
    else if (isReadableImage(file.mediaType)) await setTimers(tx, makeFileThumbnail, soon)
    tell(tx, file, refusal ? 'refused' : 'attached')
  }

  /** Outside of a transaction: what takes long with a file must not hold its row. */
  const find = (ctx: Context, where: object) =>
    ctx.em.findOne(entity, where as never, { filters: false }) as Promise<File | null>

  return {
    scan: async (ctx: Context, id: string, signal: AbortSignal): Promise<Finish | undefined> => {
      const waiting = { id, status: 'SCANNING' }
      const found = await find(ctx, waiting)
      if (!found) return undefined
      const scanner = scannerOf(ctx)
      const store = await fileStoreOf(service, ctx)
      // Where the setting has been taken away nothing is scanned any more.
      const verdict = scanner
        ? await askScanner(scanner, { bytes: found.bytes, content: await store.read(keyOf(ctx, id)) }, signal)
        : 'CLEAN'
      return async (tx) => {
        const file = await findLocked(tx, waiting)
        if (!file) return
        await settle(tx, file, verdict === 'VIRUS' ? 'VIRUS' : null)
        await tx.em.flush()
      }
    },

    makeThumbnail: async (ctx: Context, id: string): Promise<Finish | undefined> => {
      const waiting = { id, status: 'READY', thumbnailAt: null, thumbnailFault: null }
      if (!(await find(ctx, waiting))) return undefined
      const store = await fileStoreOf(service, ctx)
      const made = await makeThumbnail(await buffer(await store.read(keyOf(ctx, id))))
      if ('image' in made) await store.put(thumbnailKey(keyOf(ctx, id)), made.image, thumbnailType)
      return async (tx) => {
        const file = await findLocked(tx, waiting)
        if (!file) {
          // It was removed meanwhile, and its object perhaps before its thumbnail was put.
          return setTimers(tx, removeFileObject, [{ entityId: id, at: tx.now() }])
        }
        if ('image' in made) file.thumbnailAt = tx.now()
        else file.thumbnailFault = made.fault
        tell(tx, file, 'thumbnailed')
        await tx.em.flush()
      }
    },

    endUpload: async (tx: Transaction, id: string): Promise<void> => {
      const file = await findLocked(tx, { id, status: 'STAGED' })
      if (file) await remove(tx, file)
    },

    /** Announces a file with these columns; its link takes exactly its bytes. Throws CONFLICT `files.off`. */
    stage: async (tx: Transaction, values: object): Promise<File> => {
      await fileStoreOf(service, tx)
      const uploadUntil = new Date(tx.now().getTime() + uploadMs)
      const file = tx.em.create(entity, { ...values, ...awaited, uploadUntil } as never) as File
      await tx.em.flush()
      await setTimers(tx, endFileUpload, [{ entityId: file.id, at: new Date(uploadUntil.getTime() + graceMs) }])
      tell(tx, file, 'staged')
      return file
    },

    /**
     * Takes what was uploaded, by its size and content; a file that was taken before stays as it is. Throws NOT_FOUND, FORBIDDEN, CONFLICT
     * `file.not_uploaded`, UNAVAILABLE `files.store`.
     */
    attach: async (ctx: Context, id: string): Promise<File> => {
      const find = (tx: Transaction) => locked(tx, entity, id, write) as Promise<File>
      const staged = await ctx.transaction(find)
      if (staged.status !== 'STAGED') return staged
      const store = await fileStoreOf(service, ctx)
      const key = keyOf(ctx, staged.id)
      const bytes = await store.keep(key)
      if (bytes === undefined) {
        throw new Conflict('Nothing was uploaded to its link yet.', { reason: 'file.not_uploaded' })
      }
      const { refusal, ...found } = bytes === staged.bytes ? await inspect(store, key) : { refusal: 'SIZE' as const }
      const take = ctx.transaction(async (tx) => {
        const file = await find(tx)
        if (file.status !== 'STAGED') return file
        Object.assign(file, found)
        if (refusal || !scannerOf(tx)) {
          await settle(tx, file, refusal)
          return file
        }
        file.status = 'SCANNING'
        await setTimers(tx, scanFile, [{ entityId: file.id, at: tx.now() }])
        tell(tx, file, 'arrived')
        return file
      })
      return take.catch(async (error) => {
        // It was removed meanwhile, and its object perhaps before it was kept.
        if (error instanceof NotFound) await store.remove(key)
        throw error
      })
    },

    /** Removes a file and, soon, its bytes. Throws NOT_FOUND, FORBIDDEN. */
    remove: (ctx: Context, id: string): Promise<File> =>
      ctx.transaction(async (tx) => {
        const file = (await locked(tx, entity, id, write)) as File
        await remove(tx, file)
        return file
      }),

    /** Where it can be had for five minutes; null unless it is READY. */
    urlOf: async (ctx: Context, { id, name, status, mediaType }: File): Promise<string | null> => {
      if (status !== 'READY' || !mediaType) return null
      const store = await fileStoreOf(service, ctx)
      return store.downloadLink(keyOf(ctx, id), { name, mediaType, now: ctx.now(), seconds: downloadSeconds })
    },

    /** Where its thumbnail can be had for five minutes; null for what is no image, and until it is made. */
    thumbnailUrlOf: async (ctx: Context, { id, name, status, thumbnailAt }: File): Promise<string | null> => {
      if (status !== 'READY' || !thumbnailAt) return null
      const store = await fileStoreOf(service, ctx)
      const o = { name: `${name}.webp`, mediaType: thumbnailType, now: ctx.now(), seconds: downloadSeconds }
      return store.downloadLink(thumbnailKey(keyOf(ctx, id)), o)
    },

    /** Where whoever announced it PUTs its bytes; null for others, and when it was taken or its hour is over. */
    uploadUrlOf: async (ctx: Context, { id, bytes, status, createdBy, uploadUntil }: File): Promise<string | null> => {
      const now = ctx.now()
      const seconds = Math.floor((uploadUntil.getTime() - now.getTime()) / 1_000)
      if (status !== 'STAGED' || createdBy !== ctx.actor.subject || seconds < 1) return null
      return (await fileStoreOf(service, ctx)).uploadLink(keyOf(ctx, id), { bytes, now, seconds })
    },
  }
}
