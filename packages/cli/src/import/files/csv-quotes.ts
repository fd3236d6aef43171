/**
 * How the quotes of a record stand. Where a quote is misplaced there are two ways to go on, and both are followed: a quote closes its
 * cell only before a delimiter or a line end (`"they said "hi" and`), or every quote opens or closes (`"x"y`).
 */
export interface Quotes {
  place: Place
  /** Whether a quote is open when every quote behind the first misplaced one opens or closes. */
  isOddOpen: boolean
  /** Whether text stands behind a quote that closes. */
  isMisplaced: boolean
  /** Whether it does in the cell that is being read. */
  isCellBroken: boolean
  /** Whether a quote stands within a cell that does not start with one, or a blank beside a quote. */
  hasStray: boolean
  hasClosed: boolean
}

type Place = 'start' | 'blank' | 'unquoted' | 'quoted' | 'quote' | 'closed'

export const newQuotes = (place: Place = 'start'): Quotes => ({
  place,
  isOddOpen: place === 'quoted',
  isMisplaced: false,
  isCellBroken: false,
  hasStray: false,
  hasClosed: false,
})

/** Whether the record goes on behind the line that has been read; undefined where the two ways to read it differ. */
export const isOpen = ({ place, isMisplaced, isOddOpen }: Quotes): boolean | undefined => {
  const isQuoted = place === 'quoted'
  return !isMisplaced || isQuoted === isOddOpen ? isQuoted : undefined
}

export const isClean = ({ isMisplaced, hasStray }: Quotes) => !isMisplaced && !hasStray

/** How the quotes of one line stand, read from outside of quotes or from within. */
export const quotesOf = (line: string, delimiter: string, from?: 'quoted'): Quotes => {
  const quotes = newQuotes(from)
  readQuotes(quotes, line, delimiter)
  endLine(quotes)
  return quotes
}

/** Reads a line, or a piece of one, in one pass. */
export const readQuotes = (quotes: Quotes, text: string, delimiter: string): void => {
  if (quotes.place === 'quoted' && !text.includes('"')) return
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') readQuote(quotes)
    else if (sign === delimiter) endCell(quotes)
    else if (sign === ' ' || sign === '\t') readBlank(quotes)
    else readOther(quotes)
  }
}

/** A line end behind what has been read: a cell ends where no quote is open, and a cell that is open and right so far goes on. */
export const endLine = (quotes: Quotes): void => {
  endCell(quotes)
  if (quotes.place === 'quoted' && !quotes.isCellBroken) quotes.isOddOpen = true
}

const readQuote = (quotes: Quotes) => {
  if (quotes.place === 'closed') misplace(quotes)
  if (quotes.isMisplaced) quotes.isOddOpen = !quotes.isOddOpen
  if (quotes.place === 'blank' || quotes.place === 'unquoted') quotes.hasStray = true
  if (quotes.place === 'unquoted') return
  quotes.place = quotes.place === 'quoted' || quotes.place === 'closed' ? 'quote' : 'quoted'
}

const endCell = (quotes: Quotes) => {
  if (quotes.place === 'quoted') return
  if (quotes.place === 'closed') quotes.hasStray = true
  if (quotes.place === 'quote' || quotes.place === 'closed') quotes.hasClosed = true
  quotes.place = 'start'
  quotes.isCellBroken = false
}

const readBlank = (quotes: Quotes) => {
  if (quotes.place === 'start') quotes.place = 'blank'
  else if (quotes.place === 'quote') quotes.place = 'closed'
}

const readOther = (quotes: Quotes) => {
  if (quotes.place === 'start' || quotes.place === 'blank') quotes.place = 'unquoted'
  else if (quotes.place === 'quote' || quotes.place === 'closed') {
    misplace(quotes)
    quotes.place = 'quoted'
  }
}

const misplace = (quotes: Quotes) => {
  if (!quotes.isMisplaced) quotes.isOddOpen = false
  quotes.isMisplaced = true
  quotes.isCellBroken = true
}
