import type { Counts } from './counts.js'

const redrawMs = 200
const plainMs = 10_000

/** Tells on standard error how far an import is: redrawn in place on a terminal, else a line now and then. */
export const createProgress = (counts: Counts, stream: NodeJS.WriteStream = process.stderr) => {
  const began = Date.now()
  let last = 0
  const line = () => {
    const { rows, created, updated, unchanged, rejected } = counts
    const rate = Math.round(rows / Math.max(0.001, (Date.now() - began) / 1000))
    return `${rows} rows (${rate}/s) · ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`
  }
  const clear = () => {
    if (stream.isTTY) stream.write('\r\x1b[2K')
  }
  return {
    update: () => {
      const now = Date.now()
      if (now - last < (stream.isTTY ? redrawMs : plainMs)) return
      if (stream.isTTY) stream.write(`\r\x1b[2K${line()}`)
      else if (last) stream.write(`${line()}\n`)
      last = now
    },
    /** Tells something beside the progress. */
    note: (text: string) => {
      clear()
      stream.write(`${text}\n`)
    },
    end: clear,
    seconds: () => (Date.now() - began) / 1000,
  }
}

export type Progress = ReturnType<typeof createProgress>
