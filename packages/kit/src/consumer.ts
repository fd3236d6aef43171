import { type CloudEvent, type EventType, parseEvent } from '@clientele/contracts'
import type { Transaction } from './context.js'

/** One delivered event: its envelope, with the data that its schema describes. */
export type Delivered<Data> = CloudEvent & { data: Data }

/** A durable reaction to events of other services (or of the same one). The kit adds transaction, inbox, retry and dead letter. */
export interface Consumer {
  /** Unique and stable: the durable's name on the stream and the key of its inbox. */
  name: string
  /** All of one publisher's concept, or every event there is. */
  events: readonly EventType[] | 'all'
  /** Applies new events of one tenant, in order per customer; what it throws makes the kit try them one by one. */
  handle(tx: Transaction, events: readonly Delivered<never>[]): Promise<void>
}

type DataOf<T> = T extends EventType<infer Data> ? Data : never

/** Reacts to one event at a time. Several types must belong to one concept of one service: a consumer has one filter subject. */
export const consume = <T extends EventType>(
  name: string,
  events: T | readonly T[] | 'all',
  handle: (tx: Transaction, data: DataOf<T>, event: Delivered<DataOf<T>>) => Promise<void>,
): Consumer =>
  consumeBatch(name, events, async (tx, batch) => {
    for (const event of batch) await handle(tx, event.data as never, event)
  })

/** Reacts to up to 100 events of one tenant at once, for effects that are cheaper as a set. */
export const consumeBatch = <T extends EventType>(
  name: string,
  events: T | readonly T[] | 'all',
  handle: (tx: Transaction, batch: readonly Delivered<DataOf<T>>[]) => Promise<void>,
): Consumer => ({
  name,
  events: events === 'all' ? 'all' : ([events].flat() as unknown as readonly EventType[]),
  handle: handle as unknown as Consumer['handle'],
})

/** Reads an event that a consumer is about to handle. Throws ContractError when it does not fit its contract. */
export const readEvent = (consumer: Consumer, text: string): Delivered<never> =>
  parseEvent(text, consumer.events === 'all' ? undefined : consumer.events) as Delivered<never>
