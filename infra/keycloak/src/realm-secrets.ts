import { createPublicKey, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoClients, type PrivateKey } from '@clientele/embedded'
import { exportJWK, generateKeyPair } from 'jose'

/** What a local Keycloak is started with: made once, kept in a file that only its owner may read. */
export interface RealmSecrets {
  /** The password of `admin` in the realm `master`. */
  admin: string
  /** Client id to secret. */
  clients: Record<string, string>
  /** Client id to its private key. */
  clientKeys: Record<string, PrivateKey>
}

/** Reads the secrets in `dir`, or makes them on the first start. */
export async function ensureSecrets(dir: string): Promise<RealmSecrets> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'secrets.json')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known) return JSON.parse(known)
  const secrets = await makeSecrets()
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

/** The values of the realm file's placeholders. */
export function placeholders(secrets: RealmSecrets, consoleUrl: string): Record<string, string> {
  const bySecret = Object.entries(secrets.clients).map(([id, secret]) => [`${settingOf(id)}_CLIENT_SECRET`, secret])
  const byKey = Object.entries(secrets.clientKeys).map(([id, key]) => [`${settingOf(id)}_PUBLIC_KEY`, publicPart(key)])
  return { CLIENTELE_CONSOLE_URL: consoleUrl, ...Object.fromEntries([...bySecret, ...byKey]) }
}

/** `clientele-profiles` → `CLIENTELE_PROFILES`, `partner-acme` → `CLIENTELE_PARTNER_ACME`. */
function settingOf(clientId: string): string {
  return `CLIENTELE_${clientId.replace(/^clientele-/, '').replaceAll('-', '_')}`.toUpperCase()
}

/** As Keycloak takes it: SubjectPublicKeyInfo in base64, in one line. */
function publicPart(key: PrivateKey): string {
  return createPublicKey({ key: { ...key }, format: 'jwk' })
    .export({ type: 'spki', format: 'der' })
    .toString('base64')
}

async function makeSecrets(): Promise<RealmSecrets> {
  const secret = () => randomBytes(24).toString('base64url')
  const secrets: RealmSecrets = { admin: secret(), clients: {}, clientKeys: {} }
  for (const { id, proof } of demoClients) {
    if (proof === 'secret') secrets.clients[id] = secret()
    else secrets.clientKeys[id] = await makeKey(id)
  }
  return secrets
}

async function makeKey(kid: string): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }
}
