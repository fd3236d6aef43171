import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { gatherBatches } from './batches.js'
import { newCounts } from './counts.js'
import { readCustomers } from './customers.js'
import { openErrorFile } from './files/error-file.js'
import { openTable, type Table } from './files/table.js'
import { readGroupedPurchases } from './grouped-purchases.js'
import { openImportStore } from './import-store.js'
import { parseMapping } from './mapping/mapping.js'
import type { Target } from './mapping/target.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const dir = await mkdtemp(join(tmpdir(), 'clientele-large-'))
afterAll(() => rm(dir, { recursive: true }))
const path = join(dir, 'f.csv')
const format = { delimiter: 'auto', encoding: 'auto', nulls: [] } as const

const leaf: Target = { type: 'String', required: false, hasDefault: false }
const object = (fields: Record<string, Target>): Target => ({ ...leaf, fields: new Map(Object.entries(fields)) })
const customer = object({ externalId: leaf, displayName: leaf })
const purchase = object({ externalId: leaf, lines: { ...leaf, item: object({ sku: leaf }) } })
const rows = 'system: s\nrows:\n  externalId: { column: id }\n'
const kinds = {
  customers: { target: customer, mapping: `${rows}  displayName: { column: name }\n`, read: readCustomers },
  purchases: {
    target: purchase,
    mapping: `${rows}lines:\n  key: id\n  fields: { sku: { column: name } }\n`,
    read: readGroupedPurchases,
  },
}

const count = 24_000

/** Bytes of heap that are held when a sixth of the rows has been read, and shortly before the last. */
const heapOf = async (kind: keyof typeof kinds, table: Table) => {
  const { target, mapping, read } = kinds[kind]
  const compiled = parseMapping(mapping, 'm.yaml').compile({ file: table.columns }, target)
  const errors = await openErrorFile(join(dir, 'errors.csv'), table, [])
  const store = openImportStore()
  const counts = newCounts()
  const held: number[] = []
  const marks = [count / 6, (count * 5) / 6]
  for await (const batch of gatherBatches(read(table, compiled, errors, counts, store))) {
    counts.created += batch.length
    if (counts.rows < (marks[held.length] ?? Number.POSITIVE_INFINITY)) continue
    collectGarbage()
    held.push(process.memoryUsage().heapUsed)
  }
  store.close()
  await errors.close()
  return { held, counts }
}

test.each<[string, keyof typeof kinds, (at: number) => string, object]>([
  ['customers', 'customers', (at) => `K${at},客户 ${at}`, { created: count, rejected: 0 }],
  ['purchases whose rows stand together', 'purchases', (at) => `P${at >> 2},a`, { created: count / 4, rejected: 0 }],
  [
    'purchases whose rows are far apart',
    'purchases',
    (at) => `P${at % (count / 4)},a`,
    { created: count / 4, rejected: 0 },
  ],
])('memory does not grow with the number of %s', async (_, kind, row, told) => {
  await writeFile(path, `id,name\n${Array.from({ length: count }, (_, at) => row(at)).join('\n')}`)
  const { held, counts } = await heapOf(kind, await openTable(path, format))
  expect(counts).toMatchObject(told)
  const [early = 0, late = 0] = held
  // A key alone, kept for each of the 16,000 rows between, would take 1.6 MB.
  expect(late - early).toBeLessThan(800_000)
})

/** How many pieces of the file are read until its end, or until it is stopped. */
const piecesOf = async (stopping = new AbortController()) => {
  const { signal } = stopping
  let pieces = 0
  // The reader looks at it before each piece.
  const throwIfAborted = signal.throwIfAborted.bind(signal)
  signal.throwIfAborted = () => {
    pieces++
    throwIfAborted()
  }
  const read = async () => {
    const table = await openTable(path, format, signal)
    for await (const _ of table.rows()) {
      // Only read.
    }
  }
  const error = await read().catch((error: Error) => error)
  return { pieces, error }
}

test.each<[string, Buffer]>([
  ['one line', Buffer.concat([Buffer.from('id\n'), Buffer.alloc(30_000_000, 'x')])],
  ['blank lines', Buffer.concat([Buffer.from('id\n'), Buffer.alloc(2_000_000, '\n')])],
  ['blank lines, packed', gzipSync(Buffer.concat([Buffer.from('id\n'), Buffer.alloc(2_000_000, '\n')]))],
  ['lines in an encoding that has to be found', Buffer.from('é,x\n'.repeat(300_000), 'latin1')],
])('a stop is heard while %s are read', async (_, content) => {
  await writeFile(path, content)
  const whole = await piecesOf()
  const stopping = new AbortController()
  // Comes as a signal of the system does, in a turn of the event loop.
  setImmediate(() => stopping.abort())
  const stopped = await piecesOf(stopping)
  expect(stopped.error).toMatchObject({ name: 'AbortError' })
  expect(stopped.pieces).toBeLessThan(whole.pieces / 2)
})
