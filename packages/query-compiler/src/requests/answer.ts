import type { DataText } from '@clientele/kit'
import { NotMappable, unanswerable } from '../compile/not-mappable.js'
import type { Statement } from '../compile/statement.js'

/** An answer from the rows of a statement; throws NotMappable where it would be an error, or would have to be written down. */
export const answerOf = (
  { root, isList, isMany, keys }: Statement,
  found: readonly (readonly (string | null)[])[],
  wanted: number,
): DataText => {
  const rows = new Array<readonly string[]>(wanted)
  for (const columns of found) {
    const texts = (isMany ? columns.slice(1) : columns).map((text) => text ?? 'null')
    if (texts.some((text) => text.includes(unanswerable.found))) throw new NotMappable('a value is missing')
    rows[isMany ? Number(columns[0]) - 1 : 0] = texts
  }
  for (let at = 0; at < wanted; at++) if (!rows[at]) throw new NotMappable('an entity is not found')
  return { root, isList, keys, rows }
}
