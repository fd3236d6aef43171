import { access, constants, type FileHandle, open, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../../command.js'
import type { RowFault } from '../mapping/template.js'
import type { Row, Table } from './table.js'

/** What is put before the columns of the file itself. */
const ownColumns = ['line', 'column', 'reason', 'message']

/** Collects the rows that were not accepted, as CSV that can be corrected and imported again. */
export interface ErrorFile {
  path: string
  /** Rows written. */
  readonly count: number
  /** Writes a row once, with all that is wrong with it. */
  write(row: Row, faults: readonly RowFault[]): Promise<void>
  /** Flushes; a file without rows is not left behind. */
  close(): Promise<void>
}

/** Replaces what an earlier run wrote there. Throws UsageError where nothing can be written. */
export const openErrorFile = async (path: string, table: Table, inputs: readonly string[]): Promise<ErrorFile> => {
  if (inputs.some((input) => resolve(input) === resolve(path))) {
    throw new UsageError(`The error file would replace ${path}, which is read. Name another with --errors.`)
  }
  await access(dirname(resolve(path)), constants.W_OK)
    .then(() => rm(path, { force: true }))
    .catch(() => {
      throw new UsageError(`The error file ${path} cannot be written. Name another with --errors.`)
    })
  const original = table.columns.filter((_, at) => !(isErrorFileHeader(table.columns) && at < ownColumns.length))
  const skipped = table.columns.length - original.length
  let handle: FileHandle | undefined
  let waiting = ''
  let count = 0
  let flushing = Promise.resolve()

  const put = (cells: readonly string[]) => {
    waiting += `${cells.map(csvCell).join(',')}\n`
  }
  const flush = () => {
    flushing = flushing.then(async () => {
      const text = waiting
      waiting = ''
      if (!text) return
      handle ??= await open(path, 'w', 0o600)
      await handle.appendFile(text)
    })
    return flushing
  }

  return {
    path,
    get count() {
      return count
    },
    write: async (row, faults) => {
      if (!count) put([...ownColumns, ...original])
      count++
      const facts = (['column', 'reason', 'message'] as const).map((name) => [
        ...new Set(faults.map((fault) => fault[name])),
      ])
      const written = row.fault ? row.written : row.written.slice(skipped)
      put([String(row.line), ...facts.map((texts) => texts.join('; ')), ...written])
      if (waiting.length > 65_536) await flush()
    },
    close: async () => {
      await flush()
      await handle?.close()
    },
  }
}

/** Whether a file is an error file of ours, so that it can be read back as it was. */
export const isErrorFileHeader = (columns: readonly string[]) => ownColumns.every((name, at) => columns[at] === name)

/** A spreadsheet would run what starts like a formula: such a cell gets an apostrophe. */
export const escapeCell = (cell: string) => (/^['\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

/** Takes the apostrophe of `escapeCell` away. */
export const unescapeCell = (cell: string) => (/^'['\s]*[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

const csvCell = (cell: string) => {
  const safe = escapeCell(cell)
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
