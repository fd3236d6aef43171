import { type Context, type Finish, type SlowTimer, slowTimer, type Transaction } from '@clientele/kit'
import { fileKey, thumbnailKey } from '../store/file-store.js'
import { fileStoreOf } from '../store/store-settings.js'

/** Set by the trigger of each table of files, for bytes whose row has gone. */
export const removeFileObject = { name: 'removeFileObject' } as const
export const endFileUpload = { name: 'endFileUpload' } as const
export const scanFile = { name: 'scanFile' } as const
export const makeFileThumbnail = { name: 'makeFileThumbnail' } as const

/** What the timers need of each kind of files of a service; what is no file of it any more they leave alone. */
export interface TimedFiles {
  /** Forgets a file that never arrived. */
  endUpload(tx: Transaction, id: string): Promise<void>
  /**
   * Scans a file that waits for it; to finish is to take or refuse it. Undefined where none of this kind waits. Throws UNAVAILABLE `files.scanner`,
   * `files.store`, and what lies with the file alone.
   */
  scan(ctx: Context, id: string, signal: AbortSignal): Promise<Finish | undefined>
  /** Makes the thumbnail of an image that waits for it; to finish is to note it, or why there is none. Throws UNAVAILABLE `files.store`. */
  makeThumbnail(ctx: Context, id: string): Promise<Finish | undefined>
}

/** The timers of a service that has files, of whatever kinds. All of them ask a store or a scanner, which may take long to answer. */
export const fileTimers = (service: string, kinds: readonly TimedFiles[]): SlowTimer[] => {
  const keyOf = ({ actor }: Context, id: string) => fileKey(service, actor.tenant, id)
  const ofItsKind = async (work: (kind: TimedFiles) => Promise<Finish | undefined>) => {
    for (const kind of kinds) {
      const finish = await work(kind)
      if (finish) return finish
    }
    return undefined
  }
  return [
    slowTimer(removeFileObject.name, async (ctx, id) => {
      const store = await fileStoreOf(service, ctx)
      for (const each of [keyOf(ctx, id), thumbnailKey(keyOf(ctx, id))]) await store.remove(each)
      return undefined
    }),
    slowTimer(endFileUpload.name, async (ctx, id) => {
      // Whether its row is there or not: its link was good until now, also after it was removed.
      await (await fileStoreOf(service, ctx)).unstage(keyOf(ctx, id))
      return async (tx) => {
        for (const kind of kinds) await kind.endUpload(tx, id)
      }
    }),
    slowTimer(scanFile.name, (ctx, id, signal) => ofItsKind((kind) => kind.scan(ctx, id, signal))),
    slowTimer(makeFileThumbnail.name, (ctx, id) => ofItsKind((kind) => kind.makeThumbnail(ctx, id))),
  ]
}
