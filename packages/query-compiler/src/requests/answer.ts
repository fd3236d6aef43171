import type { DataText } from '@clientele/kit'
import { NotMappable, unanswerable } from '../compile/not-mappable.js'
import type { Statement } from '../compile/statement.js'
import { withFinished } from '../reads/finished.js'

/** An answer from the rows of a statement; throws NotMappable where it would be an error, or would have to be written down. */
export const answerOf = (
  { root, isList, isMany, keys, finishes }: Statement,
  found: readonly (readonly (string | null)[])[],
  wanted: number,
): DataText => {
  const rows = new Array<readonly string[]>(wanted)
  for (const columns of found) {
    const texts = (isMany ? columns.slice(1) : columns).map((text) => text ?? 'null')
    if (texts.some((text) => text.includes(unanswerable.found))) throw new NotMappable('a value is missing')
    const isDone = finishes.length === 0
    rows[isMany ? Number(columns[0]) - 1 : 0] = isDone ? texts : texts.map((text) => withFinished(text, finishes))
  }
  for (let at = 0; at < wanted; at++) if (!rows[at]) throw new NotMappable('an entity is not found')
  return { root, isList, keys, rows }
}
