import { z } from 'zod'
import { type Environment, loadConfig, port, url, whole } from '../config/config.js'
import { proxies } from '../http/requests/client-address.js'

/** What a process that serves public routes takes from the environment. */
export const publicSettings = z.object({
  /** Where links lead, without a path: what the world calls this process. The address it listens on unless given; in production it must be. */
  PUBLIC_URL: url().optional(),
  PUBLIC_RATE_PER_ADDRESS: whole(1, 1_000_000).default(600),
  PUBLIC_RATE_PER_TOKEN: whole(1, 1_000_000).default(120),
  TRUSTED_PROXIES: proxies().default([]),
})

export type PublicSettings = z.output<typeof publicSettings>

/** Of a service that is a process of its own: its public routes have a port that has nothing else. */
export const publicPortSettings = publicSettings.extend({ PUBLIC_PORT: port() })

const named = { PUBLIC_URL: url() }

/** Where a process listens is not what the world calls it: in production PUBLIC_URL must be given, or links lead nowhere. */
const isProduction = ({ NODE_ENV }: Environment) => NODE_ENV === 'production'

/** The settings of a process that serves public routes beside other things. Throws ConfigError. */
export const readPublicSettings = (env: Environment): PublicSettings =>
  loadConfig(isProduction(env) ? publicSettings.extend(named) : publicSettings, env)

/** The settings of a service that is a process of its own. Throws ConfigError. */
export const readPublicPortSettings = (env: Environment): PublicSettings & { PUBLIC_PORT: number } =>
  loadConfig(isProduction(env) ? publicPortSettings.extend(named) : publicPortSettings, env)
