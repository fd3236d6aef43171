import { z } from 'zod'
import { port, url, whole } from '../config/config.js'
import { proxies } from '../http/client-address.js'

/** What a process that serves public routes takes from the environment. */
export const publicSettings = z.object({
  /** Where links lead, without a path: what the world calls this process. The address it listens on unless given. */
  PUBLIC_URL: url().optional(),
  PUBLIC_RATE_PER_ADDRESS: whole(1, 1_000_000).default(600),
  PUBLIC_RATE_PER_TOKEN: whole(1, 1_000_000).default(120),
  TRUSTED_PROXIES: proxies().default([]),
})

export type PublicSettings = z.output<typeof publicSettings>

/** Of a service that is a process of its own: its public routes have a port that has nothing else. */
export const publicPortSettings = publicSettings.extend({ PUBLIC_PORT: port() })
