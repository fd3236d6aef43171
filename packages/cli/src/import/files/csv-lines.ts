import { rowEndOf } from './csv-start.js'

/** A physical line; where it is longer than the limit, a piece of it. */
export interface Line {
  text: string
  /** Whether more of the same line follows. */
  goesOn: boolean
}

/** Within so many characters it is told whether lines end with a line feed or, as in files of old Macs, with a carriage return alone. */
const lookAhead = 65_536

/** Of a text whose quotes leave no line end outside of them. */
const anyEndOf = (text: string) => (!text.includes('\n') && /\r./s.test(text) ? '\r' : '\n')

/** Splits text into lines in one pass over it, whatever the lengths; holds one line of at most `limit` characters. */
export const createLineSplitter = (limit: number) => {
  /** Pieces of the line that has no end yet. */
  let pieces: string[] = []
  let length = 0
  let isLong = false
  let separator: '\n' | '\r' | undefined

  /** Keeps a piece of a line; of one that is too long, what is kept is handed on at once. */
  function* keep(piece: string): Generator<Line> {
    length += piece.length
    if (piece) pieces.push(piece)
    if (length <= limit && !isLong) return
    isLong = true
    const text = pieces.join('')
    // A carriage return may be of the line end.
    const isEnd = text.endsWith('\r')
    yield { text: isEnd ? text.slice(0, -1) : text, goesOn: true }
    pieces = isEnd ? ['\r'] : []
  }

  const endLine = (): Line => {
    const text = pieces.length === 1 ? (pieces[0] as string) : pieces.join('')
    pieces = []
    length = 0
    isLong = false
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, goesOn: false }
  }

  function* split(text: string, by: string): Generator<Line> {
    let from = 0
    for (let at = text.indexOf(by); at >= 0; at = text.indexOf(by, from)) {
      const piece = text.slice(from, at)
      if (length + piece.length > limit) yield* keep(piece)
      else if (piece) pieces.push(piece)
      yield endLine()
      from = at + 1
    }
    yield* keep(text.slice(from))
  }

  let start = ''
  return {
    /** The lines that end within the next piece of the text. */
    *push(text: string): Generator<Line> {
      if (separator) return yield* split(text, separator)
      start += text
      const found = rowEndOf(start)
      if (found === '\n') separator = found
      else if (start.length > lookAhead) separator = found ?? anyEndOf(start)
      if (!separator) return
      yield* split(start, separator)
      start = ''
    },
    /** The last line, where it has no end of its own. */
    *end(): Generator<Line> {
      yield* split(start, separator ?? rowEndOf(start) ?? anyEndOf(start))
      start = ''
      if (length) yield endLine()
    },
  }
}
