import { access, constants, open, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../../command.js'
import type { RowFault } from '../mapping/template.js'
import { openTemporaryDatabase } from '../temporary-database.js'
import { escapeCell, factColumns } from './error-columns.js'
import type { Row, Table } from './table.js'

/** Collects the rows that were not accepted, as CSV that can be corrected and imported again. */
export interface ErrorFile {
  path: string
  /** Rows written. */
  readonly count: number
  /** Notes a row once, with all that is wrong with it. */
  write(row: Row, faults: readonly RowFault[]): void
  /** Writes the file, its rows in the order of their lines; without rows there is none. */
  close(): Promise<void>
}

/**
 * Replaces what an earlier run wrote there. The file has the delimiter and the line ends of the table, and is UTF-8 whatever the table is
 * written in, since a corrected cell may hold any character; it says so by a mark. Throws UsageError where nothing can be written.
 */
export const openErrorFile = async (
  path: string,
  table: Table,
  inputs: readonly string[],
  onFault: (column: string, reason: string, line: number) => void = () => {},
): Promise<ErrorFile> => {
  if (inputs.some((input) => resolve(input) === resolve(path))) {
    throw new UsageError(`The error file would replace ${path}, which is read. Name another with --errors.`)
  }
  await access(dirname(resolve(path)), constants.W_OK)
    .then(() => rm(path, { force: true }))
    .catch(() => {
      throw new UsageError(`The error file ${path} cannot be written. Name another with --errors.`)
    })
  // What the API refuses is known later than what the mapping refuses.
  const db = openTemporaryDatabase('create table refused (line integer, cells text);')
  const add = db.prepare('insert into refused values (?, ?)')
  const record = recordWriter(table)
  let count = 0

  return {
    path,
    get count() {
      return count
    },
    write: (row, faults) => {
      count++
      for (const { column, reason } of faults) onFault(column, reason, row.line)
      const told = (['column', 'reason', 'message'] as const).map((name) =>
        [...new Set(faults.map((fault) => fault[name]))].join('; '),
      )
      add.run(row.line, JSON.stringify([row.line, ...told, ...row.written]))
    },
    close: async () => {
      try {
        if (!count) return
        const header = [...factColumns(table.columns), ...table.columns]
        const start = startOf(table) + record(header)
        const inOrder = db.prepare('select cells from refused order by line, rowid').iterate()
        await writeText(path, start, inOrder, ({ cells }: { cells: string }) => record(JSON.parse(cells)))
      } finally {
        db.close()
      }
    },
  }
}

const writeText = async <T>(path: string, start: string, rows: Iterable<unknown>, textOf: (row: T) => string) => {
  const handle = await open(path, 'w', 0o600)
  try {
    let waiting = start
    for (const row of rows) {
      waiting += textOf(row as T)
      if (waiting.length < 65_536) continue
      await handle.appendFile(waiting)
      waiting = ''
    }
    await handle.appendFile(waiting)
  } finally {
    await handle.close()
  }
}

const ordinaryDelimiters = ',;\t'

/** The mark of UTF-8, and the delimiter where nobody would look for it. */
const startOf = ({ delimiter, lineEnd }: Table) =>
  `\uFEFF${ordinaryDelimiters.includes(delimiter) ? '' : `sep=${delimiter}${lineEnd}`}`

// A cell with any of the delimiters is quoted, so that they can be counted in the header.
const recordWriter = ({ delimiter, lineEnd }: Table) => {
  const special = new RegExp(`["\\r\\n${ordinaryDelimiters}${RegExp.escape(delimiter)}]|^\\s|\\s$`)
  const csvCell = (cell: unknown) => {
    const safe = escapeCell(String(cell))
    return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return (cells: readonly unknown[]) => `${cells.map(csvCell).join(delimiter)}${lineEnd}`
}
