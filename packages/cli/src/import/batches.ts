import type { Item } from './item.js'

/** The gateway takes 256 KiB per request, and the API 200 rows. */
const maxBytes = 200 * 1024
const maxItems = 200

/** Gathers items in the order they come, as many as one request can carry. An item too large for any request comes alone. */
export async function* gatherBatches(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = []
  let bytes = 0
  for await (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item.input)) + 1
    if (batch.length && (batch.length === maxItems || bytes + size > maxBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += size
  }
  if (batch.length) yield batch
}
