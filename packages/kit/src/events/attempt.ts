import { type CloudEvent, ContractError } from '@clientele/contracts'
import type { Log } from '../config/log.js'
import { ClienteleError } from '../errors/errors.js'
import { isUnavailable } from '../errors/map-error.js'
import { createTimeLimit, TookLong } from '../postgres/time-limit.js'
import type { Consumer, Delivered } from './consumer.js'
import { applyOnce, type Inbox } from './inbox.js'
import type { SlowTurns } from './slow-turns.js'

/**
 * Hands events of one tenant to the consumer. With a limit it throws TookLong where that takes longer. What was begun then goes on as a slow
 * turn of the tenant; where there is no room for one it is undone.
 */
export type Attempt = (tenant: string, events: readonly Delivered<never>[], limitMs?: number) => Promise<void>

export const createAttempt =
  (inbox: Inbox, consumer: Consumer, slowTurns: SlowTurns): Attempt =>
  async (tenant, events, limitMs) => {
    if (limitMs === undefined) return applyOnce(inbox, consumer, tenant, events)
    const limit = createTimeLimit(limitMs, { isFirm: !slowTurns.hasRoom() })
    const work = applyOnce(inbox, consumer, tenant, events, limit)
    try {
      await limit.wait(work)
    } catch (error) {
      if (!limit.isOver() || isUntried(error)) throw error
      slowTurns.occupy(tenant, work)
      throw error instanceof TookLong ? error : new TookLong(`not done after ${limitMs} ms`, { cause: error })
    } finally {
      limit.end()
    }
  }

const awayPause = { shortest: 2_000, longest: 60_000 }

/** Whether an event has not been tried at all: the consumer's own database is away, or another process has taken the consumer over. */
export const isUntried = (error: unknown) =>
  error instanceof ClienteleError ? error.reason === 'lease.lost' : isUnavailable(error)

/** Whether a service that the consumer asks is away: no event is given up because of that. */
export const serviceAway = (error: unknown) => error instanceof ClienteleError && error.code === 'UNAVAILABLE'

/** In how many milliseconds an event that has failed so often is tried again; undefined where it is given up. */
export const nextTryMs = (error: unknown, failures: number, backoff: readonly number[]): number | undefined => {
  if (error instanceof ContractError) return undefined
  return backoff[failures - 1] ?? (serviceAway(error) ? whileAway(backoff) : undefined)
}

const whileAway = (backoff: readonly number[]) =>
  Math.max(awayPause.shortest, Math.min(awayPause.longest, backoff.at(-1) ?? 0))

/** Tells the operator of a try that failed, under the id of the request that set it off. */
export const logFailure = (
  log: Log,
  { name }: Consumer,
  { id, correlationid }: Pick<CloudEvent, 'id' | 'correlationid'>,
  attempts: number,
  error: unknown,
) =>
  log.warn(
    { consumer: name, event: id, requestId: correlationid, attempts, err: error },
    'an event could not be handled',
  )
