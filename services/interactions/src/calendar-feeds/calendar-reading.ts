import { once } from 'node:events'
import { LRUCache } from 'lru-cache'

export interface CalendarText {
  validator: string
  body: string
  /** Whether it holds all that it is to hold; without the names of customers it does not. */
  isComplete: boolean
}

interface Reading {
  validator: string
  text: Promise<CalendarText>
  readers: number
  stop: AbortController
}

const keptMs = 600_000
/** Names come back soon after profiles does. */
const incompleteMs = 60_000
/** What programs without a memory of their own ask for again; served only where nothing has changed. */
const kept = new LRUCache<string, CalendarText>({
  maxSize: 16_000_000,
  sizeCalculation: ({ body }) => body.length + 1,
  ttl: keptMs,
})
const underWay = new Map<string, Reading>()

/**
 * The calendar of a feed with this validator: as it was read before, or by whoever reads it at the moment, or read now. A feed is read once at a time,
 * and not to the end where nobody waits for it any more.
 */
export const readOnce = async (
  feed: string,
  validator: string,
  signal: AbortSignal,
  read: (signal: AbortSignal) => Promise<Omit<CalendarText, 'validator'>>,
): Promise<CalendarText> => {
  for (;;) {
    signal.throwIfAborted()
    const known = kept.get(feed)
    if (known?.validator === validator) return known
    const reading = underWay.get(feed) ?? begin(feed, validator, read)
    if (reading.validator === validator && !reading.stop.signal.aborted) return join(reading, signal)
    await unless(signal, reading.text).catch(() => {})
  }
}

const begin = (
  feed: string,
  validator: string,
  read: (signal: AbortSignal) => Promise<Omit<CalendarText, 'validator'>>,
): Reading => {
  const stop = new AbortController()
  const text = read(stop.signal)
    .then((found) => {
      const known = { ...found, validator }
      kept.set(feed, known, { ttl: known.isComplete ? keptMs : incompleteMs })
      return known
    })
    .finally(() => underWay.delete(feed))
  const reading = { validator, text, readers: 0, stop }
  underWay.set(feed, reading)
  return reading
}

const join = async (reading: Reading, signal: AbortSignal): Promise<CalendarText> => {
  reading.readers++
  try {
    return await unless(signal, reading.text)
  } finally {
    if (--reading.readers === 0) reading.stop.abort()
  }
}

const unless = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
  const over = new AbortController()
  const left = once(signal, 'abort', { signal: over.signal }).then(() => signal.throwIfAborted() as never)
  left.catch(() => {})
  try {
    return await Promise.race([work, left])
  } finally {
    over.abort()
  }
}
