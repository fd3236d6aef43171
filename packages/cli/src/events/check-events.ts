import { type ConsumerState, comparableDays, compareEvents } from '@clientele/kit'
import pg from 'pg'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import { findStores } from '../service-stores.js'
import { services } from '../services.js'

interface Options {
  since: Date
  patienceMs: number
}

/** Holds what every consumer has handled against all outboxes. Throws UsageError where a database is not named, or outboxes do not reach back so far. */
export const checkEvents = async (config: CliConfig, o: Options): Promise<ConsumerState[]> => {
  if (o.since.getTime() > Date.now()) throw new UsageError('--since: that is in the future.')
  // A minute more, so that as many days as there are can be asked for.
  if (o.since.getTime() < Date.now() - comparableDays * 86_400_000 - 60_000) {
    throw new UsageError(`--since: services keep what they have published for ${comparableDays} days.`)
  }
  const stores = await findStores(config)
  const missing = services.filter(({ name }) => !stores.some(({ service }) => service === name))
  if (missing.length) {
    const names = missing.map(({ name }) => name).join(', ')
    throw new UsageError(`Events are held against the databases of all services, and there is none of ${names}.`)
  }
  const opened = stores.map(({ service, database }) => ({
    service: services.find(({ name }) => name === service)!,
    system: new pg.Pool({ connectionString: database.systemUrl, max: 2 }),
  }))
  for (const { system } of opened) system.on('error', () => {})
  try {
    return await compareEvents(opened, o)
  } finally {
    await Promise.all(opened.map(({ system }) => system.end()))
  }
}

/** Whether events were lost on the way to a consumer, or a service is ahead of another one. */
export const isFaulty = ({ missing, ahead }: ConsumerState) => missing + ahead > 0

/** One line for each consumer, and what to do about a fault. */
export const stateLine = ({ consumer, events, waiting, dead, ...state }: ConsumerState): string => {
  const line = `${consumer.padEnd(38)} ${events} events, ${waiting} waiting, ${dead} dead`
  const { missing, missingSince, ahead, aheadSince, service } = state
  return [
    line,
    ...(missing ? [`  MISSING: ${missing} since ${missingSince?.toISOString()}; clientele events republish`] : []),
    ...(ahead
      ? [
          `  AHEAD: ${ahead} that no service has published; go on with a tenant's deletion that was stopped, else turn ${service} back to before ${aheadSince?.toISOString()}`,
        ]
      : []),
  ].join('\n')
}
