import { processVariables as gatewayVariables, readProcessConfig } from '@clientele/gateway'
import { type Environment, readStartSettings, type Service, startVariables } from '@clientele/kit'
import { readServeSettings, serveVariables } from '../serve/serve-settings.js'
import { serviceNamed } from '../services-by-name.js'

/** What is started by one `clientele serve`: all together, the gateway, or a service. */
export interface Part {
  name: string
  services: readonly Service[]
  /** What it reads of the environment. */
  variables: readonly string[]
  /** Reads its settings as the start does. Throws ConfigError with all faults. */
  read(): unknown
  /** Whether other parts are reached by HTTP. */
  isApart: boolean
}

/** The part of this name; all together without one. Throws UsageError. */
export const partNamed = async (name: string | undefined, env: Environment): Promise<Part> => {
  if (name === undefined) {
    const { services } = await import('../services.js')
    const variables = serveVariables(services)
    return { name: 'all', services, variables, read: () => readServeSettings(services, env), isApart: false }
  }
  if (name === 'gateway') {
    return { name, services: [], variables: gatewayVariables(env), read: () => readProcessConfig(env), isApart: true }
  }
  const service = await serviceNamed(name, ['gateway'])
  const variables = startVariables(service, env)
  return { name, services: [service], variables, read: () => readStartSettings(service, env), isApart: true }
}
