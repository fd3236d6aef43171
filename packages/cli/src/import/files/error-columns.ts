/** What an error file tells of each row, before the columns of the row itself. */
const facts = ['line', 'column', 'reason', 'message'] as const

/** Names of the columns of an error file that are not the file's own; like none of `columns`. */
export const factColumns = (columns: readonly string[]): string[] => {
  for (let at = 1; ; at++) {
    const names = facts.map((fact) => `clientele${at === 1 ? '' : at}_${fact}`)
    if (!names.some((name) => columns.includes(name))) return names
  }
}

/** Where a header has the columns that an error file of ours puts before those of the file; undefined for any other file. */
export const findFactColumns = (columns: readonly string[]): readonly number[] | undefined => {
  for (const name of columns) {
    const [, prefix] = /^(clientele\d*_)line$/.exec(name) ?? []
    if (prefix === undefined) continue
    const found = facts.map((fact) => columns.indexOf(prefix + fact))
    if (found.every((at) => at >= 0)) return found
  }
  return undefined
}

/** A spreadsheet would run what starts like a formula: such a cell gets an apostrophe. */
export const escapeCell = (cell: string) => (/^['\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

/** Takes the apostrophe of `escapeCell` away. */
export const unescapeCell = (cell: string) => (/^'['\s]*[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
