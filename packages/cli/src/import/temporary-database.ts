import { DatabaseSync } from 'node:sqlite'

/** Memory for pages of it; what does not fit is in its file. */
const cacheKiB = 8 * 1024

/**
 * A database in a temporary file that has no name (in TMPDIR, gone when the process ends), so that memory does not grow with what is kept
 * in it. `schema` is what it holds.
 */
export const openTemporaryDatabase = (schema: string): DatabaseSync => {
  const db = new DatabaseSync('')
  db.exec(`pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -${cacheKiB}; pragma temp_store = file;
    ${schema}
    begin`)
  return db
}
