import { setTimeout as pause } from 'node:timers/promises'
import type { CloudEvent } from '@clientele/contracts'
import { TookLong } from '../postgres/time-limit.js'
import { type Attempt, isUntried, logFailure, nextTryMs, serviceAway } from './attempt.js'
import { type Consumer, readEvent } from './consumer.js'
import { writeDeadLetter } from './dead-letters.js'
import type { Inbox } from './inbox.js'
import type { DueKey, ParkedEvents, ParkedKind } from './parked-events.js'
import type { SlowTurns } from './slow-turns.js'

/** How many events of one key are handled before others have their turn. */
export const perTurn = 20
/** How many events of one tenant are handled together. */
const perTenant = 100
/** How long one tenant may keep the others waiting, in milliseconds; what takes longer waits for a slow turn. */
export const patienceMs = 500

interface Options {
  kind: ParkedKind
  consumer: Consumer
  inbox: Inbox
  parked: ParkedEvents
  attempt: Attempt
  slowTurns: SlowTurns
  /** Pauses before the tries after the first, in milliseconds; after the last one the event becomes a dead letter. */
  backoff: readonly number[]
  /** Called when a slow turn has ended. */
  wake(): void
}

interface Visit {
  /** Ids of the events that have left the key, handled or given up. */
  done: string[]
  /** Of the event that is now the first. */
  failures: number
  dueInMs: number
  /** Whether it failed because a service is away. */
  isAway?: boolean
}

export type Lane = ReturnType<typeof createLane>

/**
 * Handles what is parked, those keys that have failed or the others: each key in its order, tenants in turn. A turn of a tenant lasts half a
 * second, and is undone where a single attempt takes longer; then the tenant is slow, and visited beside the others in slow turns, until one
 * of those is short again.
 */
export const createLane = ({ kind, consumer, inbox, parked, attempt, slowTurns, backoff, wake }: Options) => {
  const slow = new Set<string>()
  const slowVisits = new Map<string, Promise<number>>()
  let lastTenant = ''

  const visitFresh = async (tenant: string, limitMs?: number) => {
    const until = performance.now() + patienceMs
    const byKey = await parked.firstOf(tenant, perTurn, perTenant)
    const all = await together(tenant, [...byKey.values()].flat(), limitMs)
    if (all) {
      await parked.settle(tenant, [...byKey.keys()], all)
      return all.length
    }
    let events = 0
    for (const [partitionKey, texts] of byKey) {
      const { done, isAway } = await visitKey({ tenant, partitionKey, failures: 0 }, texts, limitMs)
      events += done.length
      // What the others need of that service they will not get either, and every try may take as long as a time-out.
      if (isAway || performance.now() > until) break
    }
    return events
  }

  /** What has failed before is tried alone, so that each try counts once. */
  const visitFailed = async (tenant: string, limitMs?: number) => {
    const until = performance.now() + patienceMs
    let events = 0
    for (const key of await parked.dueAgain(tenant, perTurn)) {
      events += (await visitKey(key, await parked.first(key, 1), limitMs)).done.length
      if (performance.now() > until) break
    }
    return events
  }

  const visit = kind === 'fresh' ? visitFresh : visitFailed

  const visitKey = async (key: DueKey, texts: readonly string[], limitMs?: number): Promise<Visit> => {
    const visited = await handle(key, texts, limitMs)
    await parked.settle(key.tenant, [key.partitionKey], visited.done, visited)
    return visited
  }

  /** Handles events together; undefined where that fails. */
  const together = (tenant: string, texts: readonly string[], limitMs?: number) =>
    apply(tenant, texts, limitMs).catch((error: unknown) => {
      if (isUntried(error) || error instanceof TookLong) throw error
      return undefined
    })

  const handle = async (key: DueKey, texts: readonly string[], limitMs?: number): Promise<Visit> => {
    const all = texts.length > 1 && (await together(key.tenant, texts, limitMs))
    if (all) return { done: all, failures: 0, dueInMs: 0 }
    const done: string[] = []
    for (const text of texts) {
      try {
        done.push(...(await apply(key.tenant, [text], limitMs)))
      } catch (error) {
        if (isUntried(error) || error instanceof TookLong) throw error
        const failed = await fail(key, text, error)
        return { ...failed, done: [...done, ...failed.done] }
      }
    }
    return { done, failures: 0, dueInMs: 0 }
  }

  const apply = async (tenant: string, texts: readonly string[], limitMs?: number) => {
    const events = texts.map((text) => readEvent(consumer, tenant, text))
    await attempt(tenant, events, limitMs)
    return events.map(({ id }) => id)
  }

  const fail = async ({ tenant, failures: before }: DueKey, event: string, error: unknown): Promise<Visit> => {
    const failures = before + 1
    const { id, correlationid } = JSON.parse(event) as CloudEvent
    logFailure(inbox.log, consumer, { id, correlationid }, failures, error)
    inbox.observe?.(consumer.name, 'failed', [0])
    const dueInMs = nextTryMs(error, failures, backoff)
    if (dueInMs !== undefined) return { done: [], failures, dueInMs, isAway: serviceAway(error) }
    await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event, attempts: failures, error })
    inbox.observe?.(consumer.name, 'dead', [0])
    return { done: [id], failures: 0, dueInMs: 0 }
  }

  const visitSlowly = async (tenant: string) => {
    const end = await slowTurns.take(tenant)
    if (!end) return 0
    const begunAt = performance.now()
    try {
      const events = await visit(tenant)
      if (performance.now() - begunAt < patienceMs) slow.delete(tenant)
      return events
    } catch (error) {
      inbox.log.warn({ consumer: consumer.name, tenant, err: error }, 'parked events wait')
      await pause(patienceMs)
      return 0
    } finally {
      end()
    }
  }

  const beginSlowVisits = async () => {
    const idle = [...slow].filter((tenant) => !slowVisits.has(tenant))
    if (!idle.length) return
    for (const tenant of await parked.tenantsInTurn(kind, '', { only: idle })) {
      const visiting = visitSlowly(tenant).finally(() => {
        slowVisits.delete(tenant)
        wake()
      })
      slowVisits.set(tenant, visiting)
    }
  }

  return {
    /** Visits the tenant whose turn it is; resolves with how many events have left its keys, or undefined where no tenant is due. */
    visitNext: async (): Promise<number | undefined> => {
      await beginSlowVisits()
      const [tenant] = await parked.tenantsInTurn(kind, lastTenant, { but: [...slow] })
      if (tenant === undefined) return undefined
      lastTenant = tenant
      try {
        return await visit(tenant, patienceMs)
      } catch (error) {
        if (!(error instanceof TookLong)) throw error
        slow.add(tenant)
        return 0
      }
    },
    isSlow: (tenant: string) => slow.has(tenant),
    tookLong: (tenant: string) => void slow.add(tenant),
    /** In how many milliseconds the next key is due of a tenant that is not being visited; undefined where none waits. */
    dueInMs: () => parked.dueInMs(kind, [...slowVisits.keys()]),
    /** Slow visits that wait for their turn or go on. */
    slowVisits: () => [...slowVisits.values()],
  }
}
