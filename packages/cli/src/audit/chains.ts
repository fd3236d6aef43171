import { type ChainHead, type ChainReport, chainHeads, chainKeyOf, createKeyring, verifyChains } from '@clientele/kit'
import pg from 'pg'
import type { CliConfig } from '../config.js'
import { databaseOf } from '../deadletters/tool-services.js'
import type { RunningPlatform } from '../home.js'
import { masterKeysFor } from '../keys/master-keys.js'
import { services } from '../services.js'

export interface ChainChoice {
  service?: string | undefined
  tenant?: string | undefined
}

/** Heads of the chosen chains. */
export const headsOf = async (platform: RunningPlatform, { service, tenant }: ChainChoice): Promise<ChainHead[]> => {
  const heads: ChainHead[] = []
  for (const name of chosen(service)) {
    heads.push(...(await onDatabase(platform, name, (pool) => chainHeads(pool, name))))
  }
  return heads.filter((head) => tenant === undefined || head.tenant === tenant)
}

/** Verifies the chosen chains and tells of each as soon as it is walked. */
export const verify = async (
  platform: RunningPlatform,
  config: CliConfig,
  choice: ChainChoice,
  o: { patience: number; expected: readonly ChainHead[]; tell(report: ChainReport): void },
) => {
  const masterKeys = await masterKeysFor(config)
  for (const service of chosen(choice.service)) {
    await onDatabase(platform, service, async (pool) => {
      const chainKey = chainKeyOf(createKeyring({ service, system: pool, masterKeys }))
      const expected = o.expected.filter((head) => head.service === service)
      const reports = verifyChains(pool, { service, chainKey, patience: o.patience, expected, tenant: choice.tenant })
      for await (const report of reports) o.tell(report)
    })
  }
}

const chosen = (service: string | undefined) =>
  services.map(({ name }) => name).filter((name) => service === undefined || name === service)

const onDatabase = async <T>(platform: RunningPlatform, service: string, work: (pool: pg.Pool) => Promise<T>) => {
  const pool = new pg.Pool({ connectionString: databaseOf(platform, service).systemUrl, max: 2 })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
