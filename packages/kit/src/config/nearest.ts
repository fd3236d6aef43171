/** `; did you mean "x"?` for the name that is written most alike, or nothing where none is. */
export const suggestion = (name: string, names: Iterable<string>): string => {
  const best = nearest(name, names, Math.max(1, Math.floor(name.length / 3)))
  return best === undefined ? '' : `; did you mean "${best}"?`
}

/** The name that is written most alike, whatever its capitals, and has at most so many letters otherwise. */
export const nearest = (name: string, names: Iterable<string>, most: number): string | undefined => {
  const ranked = [...names]
    // A name that is so much longer or shorter needs no closer look.
    .filter((known) => Math.abs(known.length - name.length) <= most)
    .map((known) => [known, distance(name.toLowerCase(), known.toLowerCase())] as const)
  const [best] = ranked.toSorted(([, a], [, b]) => a - b)
  return best && best[1] <= most ? best[0] : undefined
}

// Levenshtein's: how many letters have to be put in, taken out or exchanged; with two neighbours that have changed places as one.
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  let before: number[] = []
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchange = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwapped ? (before[j - 2] as number) + 1 : exchange
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, exchange, swap))
    }
    before = row
    row = next
  }
  return row[b.length] as number
}
