import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import { findPlatform, type RunningPlatform } from '../home.js'

/** Where the gateway is, and as whom we call it. */
export interface Session {
  /** Origin without a path: `http://127.0.0.1:4000`. */
  url: string
  /** A token that is valid now. */
  token(): Promise<string>
}

export interface SessionOptions {
  url?: string | undefined
  token?: string | undefined
  /** Demo user of the embedded platform. */
  as?: string | undefined
}

const renewAfter = 30 * 60_000
const restartMs = 20_000

/**
 * The gateway that the options or the environment name, with their token; else the platform of this home, as a demo user:
 * `usually` where the options name none. Throws UsageError.
 */
export const openSession = async (o: SessionOptions, config: CliConfig, usually = 'manager'): Promise<Session> => {
  const named = o.url ?? config.CLIENTELE_URL
  const token = o.token ?? (o.as ? undefined : config.CLIENTELE_TOKEN)
  if (named !== undefined) {
    if (!URL.canParse(named)) throw new UsageError(`--url: "${named}" is not a URL.`)
    if (o.as) throw new UsageError('--as names a demo user of the embedded platform; with --url give --token.')
    if (!token) throw new UsageError(`There is no token for ${named}: set CLIENTELE_TOKEN or give --token.`)
  }
  const platform = named === undefined ? await awaitPlatform(config.CLIENTELE_HOME) : undefined
  const url = (platform?.url ?? String(named)).replace(/\/+(graphql\/?)?$/, '')
  if (token) return { url, token: async () => token }
  // Loaded where it is needed: it brings the development issuer along.
  const { demoToken } = await import('../token/demo-token.js')
  const sign = () => demoToken(platform as RunningPlatform, config, { as: o.as ?? usually })
  return { url, token: renewed(sign) }
}

/** The platform of this home; one that ended without saying so is given a moment to be started again. */
const awaitPlatform = async (home: string) => {
  const isKilled = existsSync(join(home, 'running.json'))
  for (const since = Date.now(); ; await pause(250)) {
    try {
      return await findPlatform(home)
    } catch (error) {
      if (!isKilled || Date.now() - since > restartMs) throw error
    }
  }
}

const renewed = (sign: () => Promise<string>) => {
  let current: { token: string; since: number } | undefined
  return async () => {
    if (!current || Date.now() - current.since > renewAfter) current = { token: await sign(), since: Date.now() }
    return current.token
  }
}
