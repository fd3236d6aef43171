import { join, resolve } from 'node:path'
import { type MasterKeys, makeMasterKeyFile, masterKeyFile, masterKeysOf } from '@clientele/kit'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import { openHome } from '../home.js'

/** The master keys that the environment names; without them those of the embedded platform, made at its first start. */
export const masterKeysFor = async (config: CliConfig): Promise<MasterKeys> => {
  if (config.CLIENTELE_MASTER_KEY_FILE || config.CLIENTELE_VAULT_ADDR) return masterKeysOf(config)
  if (config.NODE_ENV === 'production') {
    throw new UsageError(
      'NODE_ENV=production makes no master key. Set CLIENTELE_MASTER_KEY_FILE or CLIENTELE_VAULT_ADDR.',
    )
  }
  await openHome(config.CLIENTELE_HOME)
  const path = join(resolve(config.CLIENTELE_HOME), 'master-key')
  await makeMasterKeyFile(path)
  return masterKeyFile(path, { strict: false })
}
