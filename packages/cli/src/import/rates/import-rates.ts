import { limits } from '@clientele/contracts'
import { PreciseDecimalScalar } from '@clientele/kit/client'
import type { Api } from '../../api/api.js'
import { createPatience } from '../../api/patience.js'
import { openErrorFile } from '../files/error-file.js'
import { nameOf, openTable, type Row } from '../files/table.js'
import { openImportStore } from '../import-store.js'
import type { Format } from '../mapping/mapping-format.js'
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
  note(text: string): void
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
  const table = await openTable(o.file, o.format, o.signal)
  const { read, source: told } = rateColumns(o.file, table.columns, o.base)
  o.note(`${o.file}: encoding ${table.encoding}, delimiter ${nameOf(table.delimiter)}.`)
  const errors = await openErrorFile(o.errors ?? `${o.file}.errors.csv`, table, [o.file])
  const source = o.source ?? told
  const done = { rows: 0, recorded: 0, unchanged: 0 }
  const patiently = createPatience({
    signal: o.signal,
    outageMs: o.outageMs ?? 5 * 60_000,
    connectMs: 45_000,
    onWait: (error: Error, ms: number) => o.note(`${error.message} Trying again in ${(ms / 1000).toFixed(1)} s.`),
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
      }
      stopped = o.signal.aborted
      if (stopped) break
    }
    if (batch.length && !stopped) await send(batch)
  } finally {
    store.close()
    await errors.close()
  }
  return {
    ...{ imported: 'rates', file: o.file, source, dryRun: o.dryRun, ...done },
    ...{ rejectedRows: errors.count, errorFile: errors.count ? errors.path : null, stopped },
  }
}
