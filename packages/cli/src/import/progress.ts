const redrawMs = 200
const plainMs = 10_000

/**
 * Tells on standard error how far an import is: redrawn in place on a terminal; elsewhere, such as in CI, a whole line now and then and one
 * at the end, all of one form. `results` says what became of
 * the rows so far, `share` is how much of the files has been read, where that can be known.
 */
export const createProgress = (
  counts: { readonly rows: number },
  results: () => string,
  share: () => number | undefined,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
) => {
  const began = Date.now()
  let last = began
  const seconds = () => (Date.now() - began) / 1000
  const line = (whole = false) => {
    const { rows } = counts
    const read = share()
    // What has been read may still have to be sent.
    const percent = read === undefined ? '' : `${Math.min(whole ? 100 : 99, Math.floor(read * 100))}% · `
    const rate = Math.round(rows / Math.max(0.001, seconds()))
    return `${percent}${rows} rows (${rate}/s) · ${results()}`
  }
  const clear = () => {
    if (stream.isTTY) stream.write('\r\x1b[2K')
  }
  return {
    update: () => {
      const now = Date.now()
      if (now - last < (stream.isTTY ? redrawMs : plainMs)) return
      stream.write(stream.isTTY ? `\r\x1b[2K${line()}` : `${line()}\n`)
      last = now
    },
    /** Tells something beside the progress. */
    note: (text: string) => {
      clear()
      stream.write(`${text}\n`)
    },
    /** The last of it, unless it failed before any file was opened: on a terminal the summary takes its place. `whole` says whether the import came to its end. */
    end: (whole: boolean) => {
      if (stream.isTTY) clear()
      else if (whole || counts.rows || share() !== undefined) stream.write(`${line(whole)}\n`)
    },
    seconds,
  }
}

export type Progress = ReturnType<typeof createProgress>
