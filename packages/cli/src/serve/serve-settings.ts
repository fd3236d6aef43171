import { edgeVariables, readEdge } from '@clientele/gateway'
import {
  ConfigError,
  type Environment,
  environmentOf,
  loadConfig,
  metricsPortSettings,
  port,
  processSurroundings,
  processVariables,
  publicSettings,
  readPublicSettings,
  type Service,
  tracingSettings,
  type ValidationIssue,
  variablesOf,
} from '@clientele/kit'
import { z } from 'zod'

const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port().default(4000),
  ...metricsPortSettings.shape,
  ...tracingSettings.shape,
  SUPERGRAPH_FILE: z.string().optional(),
})

const none = z.object({})

/** The variables that `clientele serve` reads: the gateway's, and each service's with and without its name in front. */
export const serveVariables = (services: readonly Service[]): string[] => [
  ...edgeVariables(),
  ...variablesOf(settings, publicSettings),
  ...services.flatMap((service) =>
    processVariables(service).flatMap((variable) => [variable, `${service.name.toUpperCase()}_${variable}`]),
  ),
]

/**
 * What one process needs to serve with all of the services: the gateway's address, and for each service what it would read alone. A setting with
 * a service's name in front is that service's: `PROFILES_DATABASE_URL`.
 * @throws ConfigError with the faults of all together, also where two services are given one database
 */
export const readServeSettings = (services: readonly Service[], env: Environment) => {
  const faults = new Map<string, ValidationIssue>()
  const attempt = <T>(of: Service | undefined, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      for (const fault of error.fields ?? []) note(of, fault)
      return undefined
    }
  }
  const note = (of: Service | undefined, fault: ValidationIssue) => {
    const isShared = of === undefined || !isPerService(fault.path)
    const path = isShared ? fault.path : `${of.name.toUpperCase()}_${fault.path}`
    const message = isShared ? fault.message : fault.message.replace(fault.path, path)
    faults.set(`${path} ${message}`, { ...fault, path, message })
  }

  const edge = attempt(undefined, () => readEdge(env))
  const gateway = attempt(undefined, () => loadConfig(settings, env))
  const publicly = attempt(undefined, () => readPublicSettings(env))
  const surroundings = services.map((service) =>
    attempt(service, () => ({ service, ...processSurroundings(service, none, environmentOf(service, env)) })),
  )
  const seen = new Map<string, string>()
  for (const each of surroundings) {
    if (!each) continue
    const { host, pathname } = new URL(each.database.url)
    const other = seen.get(host + pathname)
    seen.set(host + pathname, each.service.name)
    if (!other) continue
    note(each.service, {
      path: 'DATABASE_URL',
      reason: 'config.invalid',
      message: `DATABASE_URL is wrong: ${other} has this database already (expected: a database for each service)`,
    })
  }
  if (faults.size || !edge || !gateway || !publicly) throw new ConfigError([...faults.values()])
  return { edge, gateway, publicly, services: surroundings.filter((each) => each !== undefined) }
}

/** A database is one service's alone; everything else may be said once for all. */
const isPerService = (name: string) => /^DATABASE_.*URL$/.test(name)
