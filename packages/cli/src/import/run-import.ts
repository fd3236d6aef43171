import type { Api } from '../api/api.js'
import { createPatience } from '../api/patience.js'
import { gatherBatches } from './batches.js'
import { type Counts, newCounts, resultsText } from './counts.js'
import { type CountByReason, countByReason } from './counts-by-reason.js'
import { readCustomers } from './customers.js'
import { type ErrorFile, openErrorFile } from './files/error-file.js'
import { sizeOf } from './files/file-bytes.js'
import { nameOf, openTable } from './files/table.js'
import { readGroupedPurchases } from './grouped-purchases.js'
import { openImportStore } from './import-store.js'
import type { Item } from './item.js'
import { readJoinedPurchases } from './joined-purchases.js'
import { readMapping } from './mapping/mapping.js'
import type { Delimiter } from './mapping/mapping-format.js'
import { readMutation } from './mapping/target.js'
import { createProgress, type Progress } from './progress.js'
import { createReading, type Reading } from './reading.js'
import { createSender } from './sender.js'

export interface ImportOptions {
  what: 'customers' | 'purchases'
  file: string
  /** Lines of the purchases, where they stand in a file of their own. */
  lines?: string | undefined
  map: string
  dryRun?: boolean
  /** Where refused rows go; `<file>.errors.csv` unless given. */
  errors?: string | undefined
  /** Overrides of the mapping's format. */
  encoding?: string | undefined
  delimiter?: Delimiter | undefined
  api: Api
  /** Stops the import behind the batch that is in flight. */
  signal: AbortSignal
  /** How long the gateway may be away before the import fails, in milliseconds; five minutes unless given. */
  outageMs?: number
}

export interface ImportSummary extends Counts {
  imported: 'customers' | 'purchases'
  file: string
  dryRun: boolean
  /** What `warnings` counts, by column and reason. */
  marked: CountByReason[]
  /** Why rows are in the error files, by column and reason; a row may have several. */
  refused: CountByReason[]
  /** Rows in the error files. */
  rejectedRows: number
  /** Null where every row was accepted. */
  errorFile: string | null
  /** Refused rows of the lines file; null where there are none. */
  linesErrorFile: string | null
  /** Whether it was stopped before the end. */
  stopped: boolean
  seconds: number
}

/** Imports a file through the API. Throws UsageError, MappingError, Invalid `file.…` or ApiError; what was accepted before stays. */
export const runImport = async (o: ImportOptions): Promise<ImportSummary> => {
  const counts = newCounts()
  const reading = createReading(() => progress.update())
  const progress = createProgress(counts, () => resultsText(counts), reading.share)
  const marked = countByReason()
  const refused = countByReason()
  let files: Partial<ErrorFiles> = {}
  let isWhole = false
  try {
    isWhole = await importRows(o, { counts, reading, progress, marked, refused }, (opened) => {
      files = opened
    })
  } catch (error) {
    if (!o.signal.aborted) throw error
  } finally {
    progress.end(isWhole)
    await Promise.all([files.errors?.close(), files.lineErrors?.close()])
  }
  const { errors, lineErrors } = files
  return {
    imported: o.what,
    file: o.file,
    dryRun: o.dryRun ?? false,
    ...counts,
    marked: marked.all(),
    refused: refused.all(),
    rejectedRows: (errors?.count ?? 0) + (lineErrors?.count ?? 0),
    errorFile: written(errors),
    linesErrorFile: written(lineErrors),
    stopped: !isWhole,
    seconds: progress.seconds(),
  }
}

interface Findings {
  counts: Counts
  reading: Reading
  progress: Progress
  marked: ReturnType<typeof countByReason>
  refused: ReturnType<typeof countByReason>
}

interface ErrorFiles {
  errors: ErrorFile
  lineErrors: ErrorFile | undefined
}

/** Tells whether the import came to its end. `onOpen` gets the error files, which the caller closes. */
const importRows = async (
  o: ImportOptions,
  { counts, reading, progress, marked, refused }: Findings,
  onOpen: (files: ErrorFiles) => void,
): Promise<boolean> => {
  const draft = await readMapping(o.map)
  const format = {
    ...draft.format,
    ...(o.encoding && { encoding: o.encoding }),
    ...(o.delimiter && { delimiter: o.delimiter }),
  }
  const open = async (file: string, times = 1) => {
    const onRead = reading.add(await sizeOf(file), times)
    const table = await openTable(file, format, o.signal, draft.columns, onRead)
    const insteadOf = isNamed(format.encoding, table.encoding) ? '' : ` by its mark, not ${format.encoding}`
    progress.note(`${file}: encoding ${table.encoding}${insteadOf}, delimiter ${nameOf(table.delimiter)}.`)
    return table
  }
  const isGrouped = o.what === 'purchases' && o.lines === undefined
  const table = await open(o.file, isGrouped ? 2 : 1)
  const lineTable = o.lines === undefined ? undefined : await open(o.lines)
  const patiently = createPatience({
    signal: o.signal,
    outageMs: o.outageMs ?? 5 * 60_000,
    connectMs: 45_000,
    onWait: (error: Error, ms: number) =>
      progress.note(`${error.message} Trying again in ${(ms / 1000).toFixed(1)} s.`),
  })
  const name = o.what === 'customers' ? 'importCustomers' : 'importPurchases'
  const mutation = await patiently(() => readMutation(o.api, name, o.signal))
  const mapping = draft.compile({ file: table.columns, lines: lineTable?.columns }, mutation.row)

  const inputs = [o.file, o.map, ...(o.lines === undefined ? [] : [o.lines])]
  const errors = await openErrorFile(o.errors ?? `${o.file}.errors.csv`, table, inputs, refused.add)
  const lineErrors =
    lineTable && (await openErrorFile(linesErrorPath(o), lineTable, [...inputs, errors.path], refused.add))
  onOpen({ errors, lineErrors })
  const store = openImportStore()
  const items = (): AsyncGenerator<Item> => {
    if (o.what === 'customers') return readCustomers(table, mapping, errors, counts, store)
    if (!lineTable || !lineErrors) return readGroupedPurchases(table, mapping, errors, counts, store)
    return readJoinedPurchases({ table, errors }, { table: lineTable, errors: lineErrors }, mapping, counts, store)
  }
  const send = createSender({
    api: o.api,
    mutation,
    system: mapping.system,
    dryRun: o.dryRun ?? false,
    counts,
    patiently,
    signal: o.signal,
    onMarked: marked.add,
  })
  try {
    return await sendAll(gatherBatches(items()), send, o.signal, progress.update)
  } finally {
    store.close()
  }
}

/** Sends one batch after the other, so that the changes of a customer keep their order; the next is read meanwhile. */
const sendAll = async (
  batches: AsyncGenerator<Item[]>,
  send: (batch: Item[]) => Promise<void>,
  signal: AbortSignal,
  onBatch: () => void,
) => {
  let next = batches.next()
  try {
    for (;;) {
      const { value: batch, done } = await next
      if (done) return true
      if (signal.aborted) return false
      next = batches.next()
      // The fault of a file is told when its turn comes.
      next.catch(() => {})
      await send(batch)
      onBatch()
    }
  } finally {
    await batches.return(undefined)
  }
}

const isNamed = (named: string, taken: string) => named === 'auto' || new TextDecoder(named).encoding === taken

const linesErrorPath = ({ errors, lines }: ImportOptions) => (errors ? `${errors}.lines.csv` : `${lines}.errors.csv`)

const written = (errors: ErrorFile | undefined) => (errors?.count ? errors.path : null)
