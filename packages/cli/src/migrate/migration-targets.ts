import {
  ConfigError,
  type Environment,
  environmentOf,
  loadConfig,
  type Service,
  url,
  type ValidationIssue,
} from '@clientele/kit'
import { nameLocaleSetting } from '@clientele/kit/client'
import { z } from 'zod'

const settings = z.object({ DATABASE_OWNER_URL: url('postgres', 'postgresql'), NAME_LOCALE: nameLocaleSetting })

/** A service whose database is migrated, as the owner of it. */
export interface MigrationTarget {
  service: Service
  ownerUrl: string
  nameLocale: string
}

/**
 * Where the databases of services are: PROFILES_DATABASE_OWNER_URL, or DATABASE_OWNER_URL for one alone.
 * @throws ConfigError with the faults of all together, also where two services are given one database
 */
export const migrationTargets = (services: readonly Service[], env: Environment): MigrationTarget[] => {
  const faults: ValidationIssue[] = []
  const databases = new Map<string, string>()
  const targets = services.flatMap((service) => {
    const path = `${service.name.toUpperCase()}_DATABASE_OWNER_URL`
    const note = (fault: ValidationIssue) =>
      faults.push(
        fault.path === 'DATABASE_OWNER_URL'
          ? { ...fault, path, message: fault.message.replace(fault.path, path) }
          : fault,
      )
    try {
      const read = loadConfig(settings, environmentOf(service, env))
      const { host, pathname } = new URL(read.DATABASE_OWNER_URL)
      const other = databases.get(host + pathname)
      databases.set(host + pathname, service.name)
      if (other) {
        const message = `DATABASE_OWNER_URL is wrong: ${other} has this database already (expected: a database for each service)`
        note({ path: 'DATABASE_OWNER_URL', reason: 'config.invalid', message })
      }
      return [{ service, ownerUrl: read.DATABASE_OWNER_URL, nameLocale: read.NAME_LOCALE }]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      for (const fault of error.fields ?? []) note(fault)
      return []
    }
  })
  if (faults.length) throw new ConfigError(faults)
  return targets
}
