import type { Log } from '../../config/log.js'
import { Invalid } from '../../errors/errors.js'
import { connectionBudget } from '../sessions/connection-budget.js'
import type { ServiceUrls } from './provision.js'
import { roomOn, roomSentence, settingsThatLogValues, sharesSessions, withClient } from './server-state.js'

/** Where a service finds its database, and how many connections it opens. */
export interface ServerNeeds {
  database: ServiceUrls
  connections?: number | undefined
}

/**
 * Refuses to start services on a server that cannot carry them all: too few connections left, or a pooler in between that gives no session of its own. Warns
 * where the server writes the values of statements into its log. Throws INVALID `database.connections` or `database.pooler`, with words.
 */
export const checkServers = async (services: readonly ServerNeeds[], log: Log) => {
  for (const [setting, url] of services.flatMap(({ database }) => named(database))) {
    if (await withClient(url, (client) => sharesSessions(client, url))) throw pooled(setting)
  }
  for (const together of Map.groupBy(services, ({ database }) => new URL(database.systemUrl).host).values()) {
    const needed = together.reduce((sum, { connections = connectionBudget.usual }) => sum + connections, 0)
    await withClient(together[0]!.database.systemUrl, async (client) => {
      const room = await roomOn(client)
      if (needed > room.free) throw new Invalid(roomSentence(room, needed), { reason: 'database.connections' })
      for (const { name, setting } of await settingsThatLogValues(client)) {
        log.warn(
          { setting: name, is: setting },
          'PostgreSQL logs the values of statements, personal data among them; set it to 0',
        )
      }
    })
  }
}

/** The check of all services of a process, made once: each of them has opened its own connections when the next one starts. */
export const sharedServerCheck = (services: readonly ServerNeeds[], log: Log) => {
  let checked: Promise<void> | undefined
  return () => {
    checked ??= checkServers(services, log).catch((error: unknown) => {
      checked = undefined
      throw error
    })
    return checked
  }
}

const named = ({ url, ownerUrl, systemUrl }: ServiceUrls): (readonly [setting: string, url: string])[] => [
  ['DATABASE_URL', url],
  ...(ownerUrl === undefined ? [] : [['DATABASE_OWNER_URL', ownerUrl] as const]),
  ['DATABASE_SYSTEM_URL', systemUrl],
]

/** What to do about a pooler that shares sessions. */
export const poolerRemedy =
  'Name PostgreSQL itself, or a pooler with pool_mode session; DATABASE_CONNECTIONS bounds what is opened.'

const pooled = (setting: string) =>
  new Invalid(
    `${setting} leads through a pooler that shares sessions between clients (pool_mode transaction or statement). ${poolerRemedy}`,
    { reason: 'database.pooler' },
  )
