import type { DatabaseUrls } from '@clientele/kit'
import { UsageError } from './command.js'
import type { CliConfig } from './config.js'
import { databaseOf } from './deadletters/tool-services.js'
import { findPlatform } from './home.js'
import { services } from './services.js'

/** Where one service keeps its data. */
export interface ServiceStore {
  service: string
  database: Pick<DatabaseUrls, 'url' | 'systemUrl'>
}

/** The stores of the running platform, or of the one service whose own environment this is: DATABASE_URL with DATABASE_SYSTEM_URL. */
export const findStores = async (config: CliConfig, only?: string): Promise<ServiceStore[]> => {
  if (only !== undefined && !services.some(({ name }) => name === only)) {
    throw new UsageError(`There is no service "${only}".`)
  }
  const { DATABASE_URL: url, DATABASE_SYSTEM_URL: systemUrl } = config
  if (url && systemUrl) {
    if (!only) throw new UsageError('Say whose DATABASE_URL it is: --service S')
    return [{ service: only, database: { url, systemUrl } }]
  }
  const platform = await findPlatform(config.CLIENTELE_HOME)
  return services
    .filter(({ name }) => only === undefined || name === only)
    .map(({ name }) => ({ service: name, database: databaseOf(platform, name) }))
}
