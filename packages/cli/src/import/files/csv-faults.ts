/** Why a record cannot be read. */
export interface CsvFault {
  reason: string
  message: string
}

export const misplacedQuote: CsvFault = {
  reason: 'csv.quote',
  message: 'a quote stands within a cell: quote the cell and double the quote',
}

export const unclosedQuote: CsvFault = { reason: 'csv.unclosed_quote', message: 'a quote is opened and never closed' }

export const behindUnclosedQuote = (line: number): CsvFault => ({
  reason: 'csv.behind_unclosed_quote',
  message: `may be text of a cell: the quote that line ${line} opens is never closed`,
})

export const rowTooLong = (limit: number): CsvFault => ({
  reason: 'csv.row_too_long',
  message: `is longer than ${limit} characters; only its beginning is shown here, so correct it in the file itself`,
})

export const cellTooLong = (at: number, { length }: string, limit: number): CsvFault => ({
  reason: 'csv.cell_too_long',
  message: `cell ${at + 1} has ${length} characters, and a cell at most ${limit}`,
})

export const notRead = (unclosed: number): CsvFault => ({
  reason: 'csv.unreadable',
  message: `the rows from this line on are not read: too many quotes such as that of line ${unclosed} are never closed`,
})
