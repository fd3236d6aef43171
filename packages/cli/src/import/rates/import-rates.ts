import { limits } from '@clientele/contracts'
import { PreciseDecimalScalar } from '@clientele/kit/client'
import type { Api } from '../../api/api.js'
import { createPatience } from '../../api/patience.js'
import { openErrorFile } from '../files/error-file.js'
import { sizeOf } from '../files/file-bytes.js'
import { nameOf, openTable, type Row } from '../files/table.js'
import { openImportStore } from '../import-store.js'
import type { Format } from '../mapping/mapping-format.js'
import { createProgress } from '../progress.js'
import { createReading } from '../reading.js'
import { checkRepetition } from '../repetition.js'
import { type FileRate, rateColumns } from './rate-columns.js'

export interface RatesOptions {
  file: string
  format: Format
  /** Code of where the rates come from; told by the columns unless given. */
  source?: string | undefined
  /** The currency that all rates of a file with a column per currency are against; EUR unless given. */
  base?: string | undefined
  errors?: string | undefined
  dryRun: boolean
  api: Api
  signal: AbortSignal
  /** Where it tells how far it is; standard error unless given. */
  stream?: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>
  /** How long the gateway may be away, in milliseconds; five minutes unless given. */
  outageMs?: number
}

export interface RatesSummary {
  imported: 'rates'
  file: string
  source: string
  dryRun: boolean
  rows: number
  /** New or corrected; of a dry run all that could be read. */
  recorded: number
  unchanged: number
  rejectedRows: number
  /** Null where every row was accepted. */
  errorFile: string | null
  stopped: boolean
}

const document = `mutation ($input: RecordExchangeRatesInput!) {
  recordExchangeRates(input: $input) { recorded unchanged }
}`

/** Imports a file of exchange rates through the API. Throws UsageError, Invalid `file.…` or ApiError; what was recorded before stays. */
export const importRates = async (o: RatesOptions): Promise<RatesSummary> => {
  const done = { rows: 0, recorded: 0, unchanged: 0 }
  let rejected = () => 0
  const results = () => `${done.recorded} recorded, ${done.unchanged} unchanged, ${rejected()} rejected`
  const reading = createReading(() => progress.update())
  const progress = createProgress(done, results, reading.share, o.stream)
  const onRead = reading.add(await sizeOf(o.file), 1)
  const table = await openTable(o.file, o.format, o.signal, [], onRead)
  const { read, source: told } = rateColumns(o.file, table.columns, o.base)
  progress.note(`${o.file}: encoding ${table.encoding}, delimiter ${nameOf(table.delimiter)}.`)
  const errors = await openErrorFile(o.errors ?? `${o.file}.errors.csv`, table, [o.file])
  const source = o.source ?? told
  rejected = () => errors.count
  const patiently = createPatience({
    signal: o.signal,
    outageMs: o.outageMs ?? 5 * 60_000,
    connectMs: 45_000,
    onWait: (error: Error, ms: number) =>
      progress.note(`${error.message} Trying again in ${(ms / 1000).toFixed(1)} s.`),
  })
  const send = async (rates: readonly FileRate[]) => {
    if (o.dryRun) {
      done.recorded += rates.length
      return
    }
    const { recordExchangeRates: made } = await patiently(() =>
      o.api.call<{ recordExchangeRates: { recorded: number; unchanged: number } }>(document, {
        input: { source, rates },
      }),
    )
    done.recorded += made.recorded
    done.unchanged += made.unchanged
  }

  const store = openImportStore()
  const readRow = (row: Row) => {
    if (row.fault) return { rates: [], faults: [{ column: '', ...row.fault }] }
    const { rates, faults } = read(row.cells)
    const seen = rates.map((rate) => {
      const key = `${rate.base}/${rate.quote} ${rate.day}`
      return { rate, ...checkRepetition(store, key, { rate: PreciseDecimalScalar.parseValue(rate.rate) }, row.line) }
    })
    return {
      rates: seen.flatMap(({ rate, isRepeated }) => (isRepeated ? [] : [rate])),
      faults: [...faults, ...seen.flatMap(({ fault }) => fault ?? [])],
    }
  }
  let batch: FileRate[] = []
  let stopped = false
  let isWhole = false
  try {
    for await (const row of table.rows()) {
      done.rows++
      const { rates, faults } = readRow(row)
      if (faults.length) errors.write(row, faults)
      for (const rate of rates) {
        batch.push(rate)
        if (batch.length < limits.exchangeRates.most) continue
        await send(batch)
        batch = []
        progress.update()
      }
      stopped = o.signal.aborted
      if (stopped) break
    }
    if (batch.length && !stopped) await send(batch)
    isWhole = !stopped
  } finally {
    progress.end(isWhole)
    store.close()
    await errors.close()
  }
  return {
    ...{ imported: 'rates', file: o.file, source, dryRun: o.dryRun, ...done },
    ...{ rejectedRows: errors.count, errorFile: errors.count ? errors.path : null, stopped },
  }
}
