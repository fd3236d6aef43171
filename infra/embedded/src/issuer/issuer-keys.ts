import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { demoClients } from './demo-users.js'

/** A private RS256 key, with `kid`. */
export type PrivateKey = JWK & { kid: string }

/** The issuer's secrets: made once, kept in a file that only its owner may read. */
export interface IssuerKeys {
  /** The first one signs; the one before it stays published, so that what it signed is still accepted. */
  signing: [PrivateKey, ...PrivateKey[]]
  cookies: string
  /** Client id to secret. */
  clients: Record<string, string>
  /** Client id to its private key, for the clients that sign (the demo partner's own secret, kept here for them). */
  clientKeys: Record<string, PrivateKey>
}

export const ALGORITHM = 'RS256'

/** Reads the keys in `dir`; throws when the issuer has never been started there. */
export async function readIssuerKeys(dir: string): Promise<IssuerKeys> {
  try {
    const stored = JSON.parse(await readFile(fileIn(dir), 'utf8'))
    return { ...stored, signing: [stored.signing].flat() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error(`There is no signing key in ${dir}. Start Clientele first: the first start makes it.`)
    }
    throw new Error(`The signing key in ${fileIn(dir)} cannot be read: ${(error as Error).message}`)
  }
}

/** Reads the keys in `dir`, makes them on the first start, and adds what is missing since. Of two that start at once both get the same. */
export async function ensureIssuerKeys(dir: string): Promise<IssuerKeys> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const isFirst = await readFile(fileIn(dir)).then(
    () => false,
    () => true,
  )
  if (isFirst) await write(dir, await completed({ signing: [await makeKey()], cookies: secret() }), link)
  const known = await readIssuerKeys(dir)
  const all = await completed(known)
  if (JSON.stringify(all) === JSON.stringify(known)) return known
  await write(dir, all, rename)
  return all
}

/** Makes a new signing key. The one before it stays published, older ones do not. */
export async function rotateIssuerKeys(dir: string): Promise<IssuerKeys> {
  const keys = await readIssuerKeys(dir)
  const rotated: IssuerKeys = { ...keys, signing: [await makeKey(), keys.signing[0]] }
  await write(dir, rotated, rename)
  return rotated
}

const fileIn = (dir: string) => join(dir, 'issuer.json')

/** Written aside first: `place` puts it there whole, `link` only where there is none. */
async function write(dir: string, keys: IssuerKeys, place: typeof link): Promise<void> {
  const draft = `${fileIn(dir)}.${randomUUID()}`
  try {
    await writeFile(draft, JSON.stringify(keys), { mode: 0o600 })
    await place(draft, fileIn(dir)).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
}

async function completed(keys: Pick<IssuerKeys, 'signing' | 'cookies'> & Partial<IssuerKeys>): Promise<IssuerKeys> {
  const clients = { ...keys.clients }
  const clientKeys = { ...keys.clientKeys }
  for (const { id, proof } of demoClients) {
    if (proof === 'secret') clients[id] ??= secret()
    else clientKeys[id] ??= await makeKey()
  }
  return { ...keys, clients, clientKeys }
}

async function makeKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}
