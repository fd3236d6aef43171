import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import { findPlatform } from '../home.js'
import { sessionOf, signInsOf } from '../sign-in/signed-in.js'

/** Where the gateway is, and as whom we call it. */
export interface Session {
  /** Origin without a path: `http://127.0.0.1:4000`. */
  url: string
  /** A token that is valid now. */
  token(): Promise<string>
  /** The tenant that the requests name, for whose token has several. */
  tenant?: string
}

export interface SessionOptions {
  url?: string | undefined
  token?: string | undefined
  /** Demo user of the embedded platform. */
  as?: string | undefined
}

const restartMs = 20_000

/**
 * The gateway that the options or the environment name, else the platform of this home; with the token that they name, else as who has
 * signed in there, else, at an embedded platform, as a demo user: `usually` where the options name none. Throws UsageError.
 */
export const openSession = async (o: SessionOptions, config: CliConfig, usually = 'manager'): Promise<Session> => {
  const named = o.url ?? config.CLIENTELE_URL
  if (named !== undefined && o.as)
    throw new UsageError(
      '--as names a demo user of the embedded platform; with --url sign in (clientele login) or give --token.',
    )
  const url = await platformUrl(o.url, config)
  const token = o.token ?? (o.as ? undefined : config.CLIENTELE_TOKEN)
  if (token) return { url, token: async () => token }
  const signedIn = o.as ? undefined : await sessionOf(url, signInsOf(config))
  if (signedIn) return signedIn
  const platform = named === undefined ? await findPlatform(config.CLIENTELE_HOME) : undefined
  if (!platform?.issuerDir) throw new UsageError(`Nobody is signed in at ${url}: ${howToSignIn(o.url)}`)
  // Loaded where it is needed: it brings the development issuer along.
  const { demoToken } = await import('../token/demo-token.js')
  return { url, token: renewed(() => demoToken(platform, config, { as: o.as ?? usually })) }
}

/** The origin of the gateway that the options or the environment name, else of the platform of this home. Throws UsageError. */
export const platformUrl = async (url: string | undefined, config: CliConfig): Promise<string> => {
  const named = url ?? config.CLIENTELE_URL
  if (named === undefined) return (await awaitPlatform(config.CLIENTELE_HOME)).url
  if (!URL.canParse(named)) throw new UsageError(`--url: "${named}" is not a URL.`)
  return named.replace(/\/+(graphql\/?)?$/, '')
}

const howToSignIn = (url: string | undefined) =>
  `clientele login${url === undefined ? '' : ` --url ${url}`}. A program gives --token, or sets CLIENTELE_TOKEN.`

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

const renewAfter = 30 * 60_000

const renewed = (sign: () => Promise<string>) => {
  let current: { token: string; since: number } | undefined
  return async () => {
    if (!current || Date.now() - current.since > renewAfter) current = { token: await sign(), since: Date.now() }
    return current.token
  }
}
