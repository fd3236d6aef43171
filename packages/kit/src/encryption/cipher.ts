import { createCipheriv, createDecipheriv, createHmac, hkdf, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { SealError } from './seal-error.js'

/** Length of every key, in bytes. */
export const keyLength = 32

const [form, nonceLength, tagLength, block] = [1, 12, 16, 32]
const derived = promisify(hkdf)

/** What a sealed value belongs to; opening it for anything else fails. */
export type Place = readonly string[]

export const newKey = () => randomBytes(keyLength)

/** A key for one use only (HKDF-SHA-256). */
export const deriveKey = async (key: Uint8Array, use: Place): Promise<Buffer> =>
  Buffer.from(await derived('sha256', key, '', aad(use), keyLength))

/** AES-256-GCM: form, nonce, ciphertext, tag. A key seals far fewer values than random nonces allow (2^32). */
export const seal = (key: Uint8Array, place: Place, plain: Uint8Array): Buffer => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(aad(place))
  return Buffer.concat([Buffer.of(form), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What `seal` was given. Throws SealError for a changed byte, another place or another key. */
export const open = (key: Uint8Array, place: Place, sealed: Uint8Array): Buffer => {
  const end = sealed.length - tagLength
  if (sealed[0] !== form || end < 1 + nonceLength) throw new SealError()
  const nonce = sealed.subarray(1, 1 + nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  decipher.setAAD(aad(place)).setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + nonceLength, end)), decipher.final()])
  } catch {
    throw new SealError()
  }
}

/** Like `seal`, for a text, whose length shows only in steps of 32 bytes: `0-10k` and `50-75k` look the same. */
export const sealText = (key: Uint8Array, place: Place, text: string): Buffer => {
  const plain = Buffer.from(text, 'utf8')
  const padded = Buffer.alloc(Math.ceil((plain.length + 1) / block) * block)
  plain.copy(padded)
  padded[plain.length] = 0x80
  return seal(key, place, padded)
}

/** What `sealText` was given. Throws as `open` does. */
export const openText = (key: Uint8Array, place: Place, sealed: Uint8Array): string => {
  const padded = open(key, place, sealed)
  return padded.toString('utf8', 0, padded.lastIndexOf(0x80))
}

/** HMAC-SHA-256, cut to so many bytes. */
export const keyedHash = (key: Uint8Array, text: string, length: number): Buffer =>
  createHmac('sha256', key).update(text, 'utf8').digest().subarray(0, length)

const aad = (place: Place) => Buffer.from(JSON.stringify(place), 'utf8')
