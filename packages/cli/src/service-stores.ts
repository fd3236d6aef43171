import { type DatabaseUrls, type Environment, environment, environmentOf } from '@clientele/kit'
import { UsageError } from './command.js'
import { type CliConfig, readConfig } from './config.js'
import { databaseOf } from './deadletters/tool-services.js'
import { findPlatform } from './home.js'
import { services } from './services.js'

/** Where one service keeps its data. */
export interface ServiceStore {
  service: string
  database: Pick<DatabaseUrls, 'url' | 'systemUrl'>
}

/**
 * The stores that the environment names, as it does for `clientele serve` (PROFILES_DATABASE_URL with PROFILES_DATABASE_SYSTEM_URL) or for the
 * one service alone (without PROFILES_); else those of the running platform.
 */
export const findStores = async (
  config: CliConfig,
  only?: string,
  env: Environment = environment(),
): Promise<ServiceStore[]> => {
  if (only !== undefined && !services.some(({ name }) => name === only)) {
    throw new UsageError(`There is no service "${only}".`)
  }
  const { DATABASE_URL: url, DATABASE_SYSTEM_URL: systemUrl } = config
  if (url && systemUrl) {
    if (!only) throw new UsageError('Say whose DATABASE_URL it is: --service S')
    return [{ service: only, database: { url, systemUrl } }]
  }
  const named = services
    .filter(({ name }) => only === undefined || name === only)
    .flatMap((service): ServiceStore[] => {
      const own = readConfig(environmentOf(service, env))
      const { DATABASE_URL: url, DATABASE_SYSTEM_URL: systemUrl } = own
      return url && systemUrl ? [{ service: service.name, database: { url, systemUrl } }] : []
    })
  if (named.length) return named
  const platform = await findPlatform(config.CLIENTELE_HOME)
  return services
    .filter(({ name }) => only === undefined || name === only)
    .map(({ name }) => ({ service: name, database: databaseOf(platform, name) }))
}
