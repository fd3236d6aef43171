import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from '../api/api.js'
import { ApiError } from '../api/api-error.js'
import { type Patience, patiently } from '../api/patience.js'
import type { Counts } from './counts.js'
import { type Item, refuse, type ValueFault } from './item.js'
import type { ImportMutation } from './mapping/target.js'

interface RowResult {
  index: number
  outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REJECTED'
  faults: ValueFault[]
  warnings: ValueFault[]
}

interface SenderOptions {
  api: Api
  mutation: ImportMutation
  system: string
  dryRun: boolean
  patience: Patience
  counts: Counts
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
export const createSender = ({ api, mutation, system, dryRun, patience, counts }: SenderOptions) => {
  const document = `mutation Import($input: ${mutation.inputType}!) {
    ${mutation.name}(input: $input) {
      rows { index outcome faults { path reason message } warnings { path } }
    }
  }`
  let hopeless = 0
  const atLast = delayed(patience.signal, graceMs)

  const call = async (items: readonly Item[]) => {
    const input = { system, dryRun, rows: items.map((item) => item.input) }
    const data = await api.call<Record<string, { rows: RowResult[] }>>(document, { input }, atLast)
    return (data[mutation.name] as { rows: RowResult[] }).rows
  }

  const attempt = async (items: readonly Item[], most: number): Promise<RowResult[]> => {
    for (let tries = 1; ; tries++) {
      try {
        return await patiently(() => call(items), patience)
      } catch (error) {
        const mayPass = error instanceof ApiError && (error.code === 'INTERNAL' || error.code === 'CONFLICT')
        if (!mayPass || tries === most || patience.signal.aborted) throw error
        await pause(100 * 2 ** tries, undefined, { signal: patience.signal })
      }
    }
  }

  const send = async (items: readonly Item[], most = triesOfBatch): Promise<void> => {
    if (!items.length) return
    patience.signal.throwIfAborted()
    try {
      const results = await attempt(items, most)
      hopeless = 0
      for (const result of results) await take(items[result.index] as Item, result)
    } catch (error) {
      if (!(error instanceof ApiError) || !mayBeRows(error)) throw error
      await takeApart(items, error)
    }
  }

  const take = async (item: Item, { outcome, faults, warnings }: RowResult) => {
    counts[dryRun && item.isRepeated && outcome === 'CREATED' ? 'unchanged' : outcomes[outcome]]++
    counts.warnings += warnings.length
    if (outcome === 'REJECTED') await refuse(item, faults)
    else counts.lines += item.lines.length
  }

  // One request holds many rows, and one value that the schema does not take refuses all of them.
  const takeApart = async (items: readonly Item[], error: ApiError) => {
    const blamed = blamedRows(error)
    const [only, ...others] = items
    if (blamed.size && [...blamed.keys()].every((index) => index < items.length)) {
      for (const [index, faults] of blamed) await reject(items[index] as Item, faults)
      await send(items.filter((_, index) => !blamed.has(index)))
    } else if (only && !others.length) {
      if (error.code !== 'INVALID' && ++hopeless === maxHopeless) throw error
      await reject(only, [{ path: '', reason: error.reason ?? error.code, message: error.message }])
    } else {
      const middle = Math.ceil(items.length / 2)
      await send(items.slice(0, middle), triesOfPart)
      await send(items.slice(middle), triesOfPart)
    }
  }

  const reject = async (item: Item, faults: readonly ValueFault[]) => {
    counts.rejected++
    await refuse(item, faults)
  }

  return (batch: readonly Item[]) => send(batch)
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
const mayBeRows = ({ code, reason, fields }: ApiError) =>
  code === 'INTERNAL' ||
  code === 'CONFLICT' ||
  (code === 'INVALID' && reason !== 'query.invalid' && (!fields.length || fields.some(isOfRow)))

const isOfRow = ({ path }: { path: string }) => path.startsWith('input.rows')

/** The rows that an answer names as the reason why it refuses the request: `… at "input.rows[3].lines[0].quantity"; …`. */
const blamedRows = (error: ApiError): Map<number, ValueFault[]> => {
  const blamed = new Map<number, ValueFault[]>()
  for (const { message, extensions } of error.faults) {
    const [, row, path = ''] = /at "input\.rows\[(\d+)\]\.?([^"]*)"/.exec(message) ?? []
    if (row === undefined) continue
    const fault = {
      path,
      reason: extensions?.reason ?? 'value.invalid',
      message: message.split('; ').slice(1).join('; ') || message,
    }
    blamed.set(Number(row), [...(blamed.get(Number(row)) ?? []), fault])
  }
  return blamed
}
