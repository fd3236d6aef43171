import { type ChainHead, type ChainReport, chainHeads, chainKeyOf, createKeyring, verifyChains } from '@clientele/kit'
import type { CliConfig } from '../config.js'
import { withPool } from '../keys/key-stores.js'
import { masterKeysFor } from '../keys/master-keys.js'
import type { ServiceStore } from '../service-stores.js'

/** Heads of the chains of these services, of all tenants or of one. */
export const headsOf = async (stores: readonly ServiceStore[], tenant?: string): Promise<ChainHead[]> => {
  const heads: ChainHead[] = []
  for (const { service, database } of stores) {
    heads.push(...(await withPool(database.systemUrl, (pool) => chainHeads(pool, service))))
  }
  return heads.filter((head) => tenant === undefined || head.tenant === tenant)
}

/** Verifies the chains of these services and tells of each as soon as it is walked. */
export const verify = async (
  stores: readonly ServiceStore[],
  config: CliConfig,
  o: {
    tenant: string | undefined
    patience: number
    expected: readonly ChainHead[]
    tell(report: ChainReport): void
  },
) => {
  const masterKeys = await masterKeysFor(config)
  for (const { service, database } of stores) {
    await withPool(database.systemUrl, async (pool) => {
      const keyring = createKeyring({ service, system: pool, masterKeys })
      await keyring.check()
      const chainKey = chainKeyOf(keyring)
      const expected = o.expected.filter((head) => head.service === service)
      const reports = verifyChains(pool, { service, chainKey, patience: o.patience, expected, tenant: o.tenant })
      for await (const report of reports) o.tell(report)
    })
  }
}
