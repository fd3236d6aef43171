import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { demoClients } from './demo-users.js'

/** The issuer's secrets: made once, kept in a file that only its owner may read. */
export interface IssuerKeys {
  /** The private RS256 key, with `kid`. */
  signing: JWK & { kid: string }
  cookies: string
  /** Client id to secret. */
  clients: Record<string, string>
}

export const ALGORITHM = 'RS256'

/** Reads the keys in `dir`; throws when the issuer has never been started there. */
export async function readIssuerKeys(dir: string): Promise<IssuerKeys> {
  try {
    return JSON.parse(await readFile(join(dir, 'issuer.json'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error(`There is no signing key in ${dir}. Start Clientele first: the first start makes it.`)
    }
    throw new Error(`The signing key in ${join(dir, 'issuer.json')} cannot be read: ${(error as Error).message}`)
  }
}

/** Reads the keys in `dir`, or makes them on the first start. Of two that start at once both get the same. */
export async function ensureIssuerKeys(dir: string): Promise<IssuerKeys> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'issuer.json')
  const draft = `${file}.${randomUUID()}`
  const exists = await readFile(file).then(
    () => true,
    () => false,
  )
  if (exists) return readIssuerKeys(dir)
  try {
    await writeFile(draft, JSON.stringify(await makeKeys()), { mode: 0o600 })
    await link(draft, file).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  return readIssuerKeys(dir)
}

async function makeKeys(): Promise<IssuerKeys> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const kid = await calculateJwkThumbprint(jwk)
  return {
    signing: { ...jwk, kid, alg: ALGORITHM, use: 'sig' },
    cookies: secret(),
    clients: Object.fromEntries(demoClients.map(({ id }) => [id, secret()])),
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}
