import { readFile, stat, writeFile } from 'node:fs/promises'
import { Unavailable } from '../errors/errors.js'
import { keyLength, newKey, open, seal } from './cipher.js'
import type { MasterKeys } from './master-keys.js'

/**
 * Master keys of a file: lines `id:base64` of 32 bytes each, the current one first; empty lines and those that begin with `#` are passed
 * over. It is read each time, so that a changed file counts without a restart. `strict` refuses one that everybody may read.
 */
export const masterKeyFile = (path: string, { strict }: { strict: boolean }): MasterKeys => {
  const read = async () => {
    const keys = parse(await textOf(path), path)
    if (strict && (await stat(path)).mode & 0o007) {
      throw refuse(`The master key file ${path} may be read by everybody: take that right away (chmod o-rwx).`)
    }
    return keys
  }
  return {
    wrap: async (key, context) => {
      const [[id, master]] = [...(await read())] as [[string, Buffer]]
      return { wrapped: seal(master, ['master key', id, context], key).toString('base64'), masterKeyId: id }
    },
    unwrap: async ({ wrapped, masterKeyId: id }, context) => {
      const master = (await read()).get(id)
      if (!master) throw refuse(`The master key file ${path} has no key "${id}", which tenants' keys are wrapped with.`)
      try {
        return open(master, ['master key', id, context], Buffer.from(wrapped, 'base64'))
      } catch (cause) {
        throw refuse(`The key "${id}" of the master key file ${path} is not the one that was used so far.`, cause)
      }
    },
  }
}

/** Makes a master key file with one new key, for its owner only; leaves one that is there as it is. */
export const makeMasterKeyFile = async (path: string) => {
  const line = `${new Date().toISOString().slice(0, 10)}:${newKey().toString('base64')}\n`
  await writeFile(path, line, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

const parse = (text: string, path: string) => {
  const keys = new Map<string, Buffer>()
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim() || line.startsWith('#')) continue
    const [, id = '', encoded = ''] = /^([\w.-]{1,64}):([A-Za-z0-9+/]+={0,2})\s*$/.exec(line) ?? []
    const key = Buffer.from(encoded, 'base64')
    const wrong = !id
      ? 'is not of the form id:base64'
      : keys.has(id)
        ? `repeats the id "${id}"`
        : key.length !== keyLength && `holds a key of ${key.length} bytes instead of ${keyLength}`
    if (wrong) throw refuse(`The master key file ${path} is wrong: line ${at + 1} ${wrong}.`)
    keys.set(id, key)
  }
  if (!keys.size) throw refuse(`The master key file ${path} holds no key.`)
  return keys
}

const textOf = (path: string) =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuse(`The master key file ${path} cannot be read (${error.code}).`, error)
  })

const refuse = (message: string, cause?: unknown) => new Unavailable(message, { reason: 'keys.master', cause })
