import { type CloudEvent, ContractError, type EventType, parseEvent } from '@clientele/contracts'
import type { Transaction } from '../service/context.js'

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

/** Whether a message is an event of a type that the consumer wants; what cannot be told is, so that it comes to light. */
export const isForConsumer = ({ events }: Consumer, text: string): boolean => {
  if (events === 'all') return true
  try {
    const { type } = JSON.parse(text) as { type: unknown }
    return typeof type !== 'string' || events.some((known) => known.type === type)
  } catch {
    return true
  }
}

/** Reads an event that a consumer is about to handle. Throws ContractError when it does not fit its contract or is not the tenant's. */
export const readEvent = (consumer: Consumer, tenant: string, text: string): Delivered<never> => {
  const event = parseEvent(text, consumer.events === 'all' ? undefined : consumer.events)
  if (event.tenantid === tenant) return event as Delivered<never>
  throw new ContractError('event.inconsistent', 'The event names another tenant than its subject.')
}
