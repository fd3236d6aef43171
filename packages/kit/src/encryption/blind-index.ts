import { keyedHash } from './cipher.js'
import type { TenantKey } from './tenant-keys.js'

// 128 bits: two different values never meet by chance, so that what is found needs no opening, pages and counts are exact.
const length = 16

/** The form in which numbers are compared: `hrb 12-345 b` and `HRB12345B` are the same. Letters and digits only, in upper case. */
export const comparable = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')

/** What a value of a field is found by; undefined where it holds no letter or digit. Nothing is learned from it without the key. */
export const blindIndexOf = async (key: TenantKey, field: string, text: string): Promise<Buffer | undefined> => {
  const compared = comparable(text)
  return compared ? keyedHash(await key.indexing(field), compared, length) : undefined
}
