import { setTimeout as pause } from 'node:timers/promises'
import { isolateFailures } from '@clientele/kit'
import type { Api } from '../api/api.js'
import { ApiError } from '../api/api-error.js'
import type { Patiently } from '../api/patience.js'
import type { Counts } from './counts.js'
import { type Item, originOf, refuse, type ValueFault } from './item.js'
import type { ImportMutation } from './mapping/target.js'

interface RowResult {
  index: number
  outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REJECTED'
  faults: ValueFault[]
  warnings: Omit<ValueFault, 'message'>[]
}

interface SenderOptions {
  api: Api
  mutation: ImportMutation
  system: string
  dryRun: boolean
  patiently: Patiently
  signal: AbortSignal
  counts: Counts
  /** Told of each value that was kept as written and marked. */
  onMarked(column: string, reason: string, line: number): void
}

const outcomes = { CREATED: 'created', UPDATED: 'updated', UNCHANGED: 'unchanged', REJECTED: 'rejected' } as const

/** How long a batch in flight may still take after a stop, in milliseconds. It may be sent again, so nothing is lost without its answer. */
const graceMs = 500

/** How often a batch is repeated that fails on the other side for no known reason, and how often a part of it. */
const triesOfBatch = 6
const triesOfPart = 2
/** So many rows one behind the other that fail for no known reason are no matter of rows: a whole batch. */
const maxHopeless = 200

/** Sends batches to an import mutation. What it refuses goes to the error files; a batch refused as a whole is taken apart. */
export const createSender = ({ api, mutation, system, dryRun, patiently, signal, counts, onMarked }: SenderOptions) => {
  const document = `mutation Import($input: ${mutation.inputType}!) {
    ${mutation.name}(input: $input) {
      rows { index outcome faults { path reason message } warnings { path reason } }
    }
  }`
  let hopeless = 0
  const atLast = delayed(signal, graceMs)

  const call = async (items: readonly Item[]) => {
    const input = { system, dryRun, rows: items.map((item) => item.input) }
    const data = await api.call<Record<string, { rows: RowResult[] }>>(document, { input }, atLast)
    return (data[mutation.name] as { rows: RowResult[] }).rows
  }

  const attempt = async (items: readonly Item[], most: number): Promise<RowResult[]> => {
    for (let tries = 1; ; tries++) {
      try {
        return await patiently(() => call(items))
      } catch (error) {
        const mayPass = error instanceof ApiError && (error.code === 'INTERNAL' || error.code === 'CONFLICT')
        if (!mayPass || tries === most || signal.aborted) throw error
        await pause(100 * 2 ** tries, undefined, { signal })
      }
    }
  }

  // One request holds many rows, and one value that the schema does not take refuses all of them.
  const send = async (batch: readonly Item[]): Promise<void> => {
    const rejected = new Set<Item>()
    const reject = (item: Item, faults: readonly ValueFault[]) => {
      rejected.add(item)
      counts.rejected++
      refuse(item, faults)
    }
    const sendPart = async (part: readonly Item[]) => {
      const items = part.filter((item) => !rejected.has(item))
      if (!items.length) return
      signal.throwIfAborted()
      try {
        const results = await attempt(items, part === batch ? triesOfBatch : triesOfPart)
        hopeless = 0
        for (const result of results) take(items[result.index] as Item, result)
      } catch (error) {
        if (!mayBeRows(error)) throw error
        const blamed = rowsAtFault(error)
        for (const [index, faults] of blamed) if (items[index]) reject(items[index], faults)
        const [only, ...others] = items
        if (!only || others.length) throw error
        if (error.code !== 'INVALID' && ++hopeless === maxHopeless) throw error
        if (!rejected.has(only))
          reject(only, [{ path: '', reason: error.reason ?? error.code, message: error.message }])
      }
    }
    await isolateFailures(batch, sendPart, { mayBeItem: (error) => mayBeRows(error) && hopeless < maxHopeless })
  }

  const take = (item: Item, { outcome, faults, warnings }: RowResult) => {
    counts[dryRun && item.isRepeated && outcome === 'CREATED' ? 'unchanged' : outcomes[outcome]]++
    counts.warnings += warnings.length
    for (const { path, reason } of warnings) {
      const { row, column } = originOf(item, path)
      onMarked(column, reason, row.line)
    }
    if (outcome === 'REJECTED') refuse(item, faults)
    else counts.lines += item.lines.length
  }

  return send
}

/** A signal that comes some milliseconds after another. */
const delayed = (signal: AbortSignal, ms: number): AbortSignal => {
  const later = new AbortController()
  const start = () => void setTimeout(() => later.abort(signal.reason), ms).unref()
  if (signal.aborted) start()
  else signal.addEventListener('abort', start, { once: true })
  return later.signal
}

/** Whether a request may have been refused because of single rows, and not because of what all of them share. */
const mayBeRows = (error: unknown): error is ApiError => {
  if (!(error instanceof ApiError)) return false
  const { code, reason, fields } = error
  if (code === 'INTERNAL' || code === 'CONFLICT') return true
  return code === 'INVALID' && !isOfNoRow(reason) && (!fields.length || fields.some(isOfRow))
}

/** The API was not reached, or it does not take such a request at all. */
const isOfNoRow = (reason: string | undefined) =>
  reason === 'query.invalid' || reason === 'network' || reason?.startsWith('http.')

const isOfRow = ({ path }: { path: string }) => path.startsWith('input.rows')

/** The rows that an answer names as the reason why it refuses the request, by the paths of its fields: `input.rows.3.lines.0.quantity`. */
const rowsAtFault = ({ faults }: ApiError): Map<number, ValueFault[]> => {
  const found = new Map<number, ValueFault[]>()
  for (const { path: whole, reason, message } of faults.flatMap(({ extensions }) => extensions?.fields ?? [])) {
    const [, row, path = ''] = /^input\.rows\.(\d+)(?:\.(.*))?$/.exec(whole) ?? []
    if (row === undefined) continue
    found.set(Number(row), [...(found.get(Number(row)) ?? []), { path, reason, message }])
  }
  return found
}
