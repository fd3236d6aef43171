import { z } from 'zod'
import { type Environment, loadBoth, port, variablesOf } from '../config/config.js'
import { drainSettings } from '../http/drain.js'
import { metricsPortSettings } from '../metrics/metrics-port.js'
import { peerSettings } from '../peers/peers.js'
import { publicPortSettings, readPublicPortSettings } from '../routes/public-settings.js'
import { tracingSettings } from '../tracing/tracing-settings.js'
import { environmentOf, processSurroundings, processVariables } from './process-settings.js'
import type { Service } from './service.js'

const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port(),
  ...drainSettings.shape,
  ...metricsPortSettings.shape,
  ...tracingSettings.shape,
})

const hostOf = (env: Environment) => settings.extend(peerSettings(env).shape)
const hostVariables = (env: Environment) => variablesOf(hostOf(env), publicPortSettings)

/** The variables that a service reads which is a process of its own, with and without its name in front. */
export const startVariables = (service: Service, env: Environment): string[] => [
  ...processVariables(service).flatMap((variable) => [variable, `${service.name.toUpperCase()}_${variable}`]),
  ...hostVariables(env),
]

/**
 * What a service that is a process of its own takes from the environment, and what its public routes do, where it has any.
 * @throws ConfigError with all faults together
 */
export const readStartSettings = (service: Service, env: Environment) => {
  // Those of the process have no name in front: Kubernetes puts a NAME_PORT of its own there for each Service.
  const ofProcess = Object.fromEntries(hostVariables(env).map((variable) => [variable, env[variable]]))
  return loadBoth(
    () => processSurroundings(service, hostOf(env), { ...environmentOf(service, env), ...ofProcess }),
    () => (service.routes?.length ? readPublicPortSettings(env) : undefined),
  )
}
