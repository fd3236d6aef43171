import type { Readable } from 'node:stream'
import { NotFound } from '@clientele/kit'

/** Where bytes of files are, by keys such as `profiles/acme/0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4e`: service, tenant, id of the file. */
export interface FileStore {
  /**
   * A link by which one may PUT exactly so many bytes, until so many seconds from now have passed. What is put there is staged: it can be
   * replaced until it is kept, and nobody can read it.
   */
  uploadLink(key: string, o: { bytes: number; now: Date; seconds: number }): Promise<string>
  /** Takes what was staged to where no link can change it; how many bytes that are, undefined where there is nothing. Again, it says the same. */
  keep(key: string): Promise<number | undefined>
  /** Keeps what we have made ourselves, in place of what is there. */
  put(key: string, bytes: Buffer, mediaType: string): Promise<void>
  /** A link by which one may GET what was kept, under this name and media type. */
  downloadLink(key: string, o: { name: string; mediaType: string; now: Date; seconds: number }): Promise<string>
  /** What was kept, or a part of it: both ends are included. Throws NOT_FOUND `file.unknown` where there is nothing. */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Takes away what is staged, if anything, also of uploads that broke off: what an old link has put there after the file was kept or removed. */
  unstage(key: string): Promise<void>
  /** Takes away what was staged and what was kept, if anything. */
  remove(key: string): Promise<void>
}

export interface ByteRange {
  first: number
  last: number
}

const form = /^[a-z]+\/[a-z0-9-]{1,63}\/[0-9a-f-]{36}(\.thumbnail)?$/

/** The key of a file. Throws where a part of it is none, such as one that leads elsewhere. */
export const fileKey = (service: string, tenant: string, id: string) => checkedKey(`${service}/${tenant}/${id}`)

/** Where the thumbnail of a file is. */
export const thumbnailKey = (key: string) => checkedKey(`${key}.thumbnail`)

export const checkedKey = (key: string) => {
  if (!form.test(key)) throw new Error('this is no key of a file')
  return key
}

/** That nothing is kept under a key: which says nothing of the store. */
export const noSuchFile = () => new NotFound('There is no such file.', { reason: 'file.unknown' })

/** The tenant of a key. */
export const tenantOfKey = (key: string) => key.split('/')[1] as string

/** How a browser takes what it loads: as a file of this name, which it does not show as a page. RFC 6266, with a name in ASCII for old ones. */
export const contentDisposition = (name: string) => {
  const plain = name.replace(/[^ !#-[\]-~]/gu, '_').replaceAll('%', '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
