import { Invalid } from '@clientele/kit'

/** Rows that may wait in memory for the others of their purchase. */
export const maxWaitingRows = 1_000_000

/** Throws Invalid `file.too_scattered` above the limit. */
export const checkWaiting = (file: string, waiting: number, limit = maxWaitingRows) => {
  if (waiting <= limit) return
  const message = `More than ${limit} rows of ${file} wait in memory for the others of their purchase. Sort the file by its key, or split it.`
  throw new Invalid(message, { reason: 'file.too_scattered' })
}
