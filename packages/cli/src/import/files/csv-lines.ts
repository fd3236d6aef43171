/** A physical line; `tooLong` where it was longer than the limit: then `text` is its beginning. */
export interface Line {
  text: string
  tooLong: boolean
}

/** How much is kept of a line that is too long, to be recognised. */
const keptLength = 1_000

/** Within so many characters it is told whether lines end with a line feed or, as in files of old Macs, with a carriage return alone. */
const lookAhead = 65_536

/** Splits text into lines in one pass over it, whatever the lengths; holds one line of at most `limit` characters. */
export const createLineSplitter = (limit: number) => {
  /** Pieces of the line that has no end yet. */
  let pieces: string[] = []
  let length = 0
  let tooLong = false
  let separator: '\n' | '\r' | undefined

  const keep = (piece: string) => {
    length += piece.length
    if (tooLong || !piece) return
    pieces.push(piece)
    if (length <= limit) return
    tooLong = true
    pieces = [pieces.join('').slice(0, Math.min(keptLength, limit))]
  }

  const endLine = (): Line => {
    const text = pieces.length === 1 ? (pieces[0] as string) : pieces.join('')
    const line = { text: text.endsWith('\r') && !tooLong ? text.slice(0, -1) : text, tooLong }
    pieces = []
    length = 0
    tooLong = false
    return line
  }

  function* split(text: string, by: string): Generator<Line> {
    let from = 0
    for (let at = text.indexOf(by); at >= 0; at = text.indexOf(by, from)) {
      keep(text.slice(from, at))
      yield endLine()
      from = at + 1
    }
    keep(text.slice(from))
  }

  let start = ''
  return {
    /** The lines that end within the next piece of the text. */
    *push(text: string): Generator<Line> {
      if (separator) return yield* split(text, separator)
      start += text
      if (text.includes('\n')) separator = '\n'
      else if (start.length > lookAhead) separator = start.includes('\r') ? '\r' : '\n'
      if (!separator) return
      yield* split(start, separator)
      start = ''
    },
    /** The last line, where it has no end of its own. */
    *end(): Generator<Line> {
      yield* split(start, separator ?? (/\r./s.test(start) ? '\r' : '\n'))
      start = ''
      if (length) yield endLine()
    },
  }
}
