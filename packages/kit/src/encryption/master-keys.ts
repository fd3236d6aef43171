import { z } from 'zod'
import { ConfigError, url } from '../config/config.js'
import type { ValidationIssue } from '../errors/errors.js'
import { masterKeyFile } from './master-key-file.js'
import { vaultTransit } from './vault-transit.js'

/** A key as the database keeps it: unreadable, with the name of the master key that opens it. */
export interface Wrapped {
  wrapped: string
  masterKeyId: string
}

/** Wraps tenants' keys. Master keys themselves are never in a database. */
export interface MasterKeys {
  /** Wraps under the current master key. `context` must be the same when it is unwrapped. */
  wrap(key: Uint8Array, context: string): Promise<Wrapped>
  /** @throws Unavailable `keys.master` where the master key is missing, cannot be reached or is another one under the same name. */
  unwrap(key: Wrapped, context: string): Promise<Buffer>
}

/** Where a service finds its master key: in a file, or in the transit engine of Vault or OpenBao. */
export const masterKeySettings = z.object({
  NODE_ENV: z.string().optional(),
  CLIENTELE_MASTER_KEY_FILE: z.string().optional().describe('a file with lines id:base64, the current key first'),
  CLIENTELE_VAULT_ADDR: url().optional(),
  CLIENTELE_VAULT_TOKEN_FILE: z.string().optional().describe('a file that holds a token of Vault'),
  CLIENTELE_VAULT_KEY: z.string().optional().describe('the name of a key of the transit engine'),
  CLIENTELE_VAULT_MOUNT: z.string().default('transit'),
})

export type MasterKeySettings = z.output<typeof masterKeySettings>

const vaultNames = ['CLIENTELE_VAULT_TOKEN_FILE', 'CLIENTELE_VAULT_KEY'] as const

/** The master keys that the settings name. Throws ConfigError unless they name exactly one place. */
export const masterKeysOf = (settings: MasterKeySettings): MasterKeys => {
  const { CLIENTELE_MASTER_KEY_FILE: path, CLIENTELE_VAULT_ADDR: address } = settings
  if (path && address) throw fault('config.invalid', 'and CLIENTELE_VAULT_ADDR are both set; choose one')
  if (path) return masterKeyFile(path, { strict: settings.NODE_ENV === 'production' })
  if (!address) throw fault('config.missing', 'is missing (or CLIENTELE_VAULT_ADDR, for Vault’s transit engine)')
  const missing = vaultNames.filter((name) => !settings[name])
  if (missing.length) throw new ConfigError(missing.map((name) => missingBeside(name)))
  return vaultTransit({
    address,
    mount: settings.CLIENTELE_VAULT_MOUNT,
    key: settings.CLIENTELE_VAULT_KEY as string,
    tokenFile: settings.CLIENTELE_VAULT_TOKEN_FILE as string,
  })
}

const fault = (reason: 'config.invalid' | 'config.missing', problem: string) => {
  const path = 'CLIENTELE_MASTER_KEY_FILE'
  return new ConfigError([{ path, reason, message: `${path} ${problem}` }])
}

const missingBeside = (path: string): ValidationIssue => ({
  path,
  reason: 'config.missing',
  message: `${path} is missing beside CLIENTELE_VAULT_ADDR`,
})
