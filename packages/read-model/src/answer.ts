import { NotMappable, unanswerable } from './not-mappable.js'
import type { Statement } from './statement.js'

/** The data of a response as JSON texts by response key, to be put together or handed on as they are. */
export interface Answer {
  /** The root field that the rows are the answer to; `''` where the keys are root fields. */
  root: string
  isList: boolean
  keys: readonly string[]
  /** One for each entry of a list, in their order; otherwise one. */
  rows: readonly (readonly string[])[]
}

/** An answer from the rows of a statement; throws NotMappable where it would be an error, or would have to be written down. */
export const answerOf = (
  { root, isList, isMany, keys }: Statement,
  found: readonly (readonly (string | null)[])[],
  wanted: number,
): Answer => {
  const rows = new Array<readonly string[]>(wanted)
  for (const columns of found) {
    const texts = (isMany ? columns.slice(1) : columns).map((text) => text ?? 'null')
    if (texts.some((text) => text.includes(unanswerable))) throw new NotMappable('a value is missing')
    rows[isMany ? Number(columns[0]) - 1 : 0] = texts
  }
  for (let at = 0; at < wanted; at++) if (!rows[at]) throw new NotMappable('an entity is not found')
  return { root, isList, keys, rows }
}

/** The text of a response's `data`. */
export const dataText = ({ root, isList, keys, rows }: Answer): string => {
  const objects = rows.map((texts) => `{${texts.map((text, at) => `${JSON.stringify(keys[at])}:${text}`).join(',')}}`)
  if (!root) return objects[0]!
  return `{${JSON.stringify(root)}:${isList ? `[${objects.join(',')}]` : objects[0]}}`
}
