import type { CloudEvent } from '@clientele/contracts'
import { isUntried, logFailure, nextTryMs } from './attempt.js'
import { type Consumer, readEvent } from './consumer.js'
import { writeDeadLetter } from './dead-letters.js'
import { applyOnce, type Inbox } from './inbox.js'
import type { DueKey, ParkedEvents } from './parked-events.js'

/** How many events of one key are handled before others have their turn. */
export const perTurn = 20
const keysAtOnce = 2

interface Options {
  consumer: Consumer
  inbox: Inbox
  parked: ParkedEvents
  /** Pauses before the tries after the first, in milliseconds; after the last one the event becomes a dead letter. */
  backoff: readonly number[]
}

interface Visit {
  /** Ids of the events that have left the key, handled or given up. */
  done: string[]
  /** Of the event that is now the first. */
  failures: number
  dueInMs: number
}

/** Handles what is parked: each key in its order, the keys in turn, at most a few at once. */
export const createLanes = ({ consumer, inbox, parked, backoff }: Options) => {
  const visit = async (key: DueKey) => {
    // What has failed before is tried alone, so that each try counts once.
    const texts = await parked.first(key, key.failures ? 1 : perTurn)
    const { done, failures, dueInMs } = await handle(key, texts)
    await parked.settle(key, done, failures, dueInMs)
    return done.length
  }

  const handle = async (key: DueKey, texts: readonly string[]): Promise<Visit> => {
    if (texts.length > 1) {
      const all = await apply(key, texts).catch((error: unknown) => {
        if (isUntried(error)) throw error
        return undefined
      })
      if (all) return { done: all, failures: 0, dueInMs: 0 }
    }
    const done: string[] = []
    for (const text of texts) {
      try {
        done.push(...(await apply(key, [text])))
      } catch (error) {
        if (isUntried(error)) throw error
        const failed = await fail(key, text, error)
        return { ...failed, done: [...done, ...failed.done] }
      }
    }
    return { done, failures: 0, dueInMs: 0 }
  }

  const apply = async ({ tenant }: DueKey, texts: readonly string[]) => {
    const events = texts.map((text) => readEvent(consumer, tenant, text))
    await applyOnce(inbox, consumer, tenant, events)
    return events.map(({ id }) => id)
  }

  const fail = async ({ tenant, failures: before }: DueKey, event: string, error: unknown): Promise<Visit> => {
    const failures = before + 1
    const { id, correlationid } = JSON.parse(event) as CloudEvent
    logFailure(inbox.log, consumer, { id, correlationid }, failures, error)
    const dueInMs = nextTryMs(error, failures, backoff)
    if (dueInMs !== undefined) return { done: [], failures, dueInMs }
    await writeDeadLetter(inbox.system, { consumer: consumer.name, tenant, event, attempts: failures, error })
    return { done: [id], failures: 0, dueInMs: 0 }
  }

  return {
    /** One turn of the keys that are due, of those that have failed or of those that have not; resolves with how many events left them. */
    run: async (failed: boolean): Promise<{ keys: number; events: number }> => {
      const due = await parked.due(failed, keysAtOnce)
      const outcomes = await Promise.allSettled(due.map(visit))
      const broken = outcomes.find((outcome) => outcome.status === 'rejected')
      if (broken) throw broken.reason
      const events = outcomes.reduce((sum, each) => sum + (each.status === 'fulfilled' ? each.value : 0), 0)
      return { keys: due.length, events }
    },
  }
}
