/** Splits one record into its cells. Where quotes stand in the wrong place, a quote closes its cell before a delimiter or a line end only. */
export const splitRecord = (text: string, delimiter: string): string[] => {
  const cells: string[] = []
  for (let from = 0; ; ) {
    const close = text[from] === '"' ? closingQuote(text, from + 1, delimiter) : -1
    const found = text.indexOf(delimiter, close < 0 ? from : close + 1)
    const end = found < 0 ? text.length : found
    cells.push(close < 0 ? text.slice(from, end) : text.slice(from + 1, close).replaceAll('""', '"'))
    if (found < 0) return cells
    from = end + 1
  }
}

const closingQuote = (text: string, from: number, delimiter: string): number => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at)) {
    if (text[at + 1] === '"') {
      at += 2
      continue
    }
    const next = afterBlanks(text, at + 1, delimiter)
    if (next === undefined || next === delimiter || next === '\n') return at
    at++
  }
  return -1
}

const afterBlanks = (text: string, from: number, delimiter: string): string | undefined => {
  let at = from
  while ((text[at] === ' ' || text[at] === '\t') && text[at] !== delimiter) at++
  return text[at]
}
