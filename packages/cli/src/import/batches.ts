import { limits } from '@clientele/contracts'
import { inputLimits, sizeOfInput } from '@clientele/kit'
import type { Item } from './item.js'

/** The gateway takes 256 KiB per request. */
const maxBytes = 200 * 1024
const maxItems = limits.importRows.most
/** With room for what is around the rows. */
const maxValues = inputLimits.values - 100
const unlimited = {
  levels: Number.POSITIVE_INFINITY,
  entries: Number.POSITIVE_INFINITY,
  values: Number.POSITIVE_INFINITY,
}

/** Gathers items in the order they come, as many as one request can carry. An item too large for any request comes alone. */
export async function* gatherBatches(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = []
  let bytes = 0
  let values = 0
  for await (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item.input)) + 1
    const more = sizeOfInput(item.input, unlimited)
    if (batch.length && (batch.length === maxItems || bytes + size > maxBytes || values + more > maxValues)) {
      yield batch
      batch = []
      bytes = 0
      values = 0
    }
    batch.push(item)
    bytes += size
    values += more
  }
  if (batch.length) yield batch
}
