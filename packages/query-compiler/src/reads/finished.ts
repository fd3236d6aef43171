import { randomUUID } from 'node:crypto'
import { NotMappable } from '../compile/not-mappable.js'
import type { Read } from './read.js'

/** Makes a field's value, as it stands in an answer, from the JSON object that is stored. */
export type Finish = (stored: never) => unknown

// Another one in each process: nothing that is stored can pass for it.
const mark = randomUUID()
const marked = new RegExp(`\\["${mark}", (\\d+), (.*?), "${mark}"\\]`, 'gs')

/**
 * A value that code makes of a stored JSON object once the statement has run: where SQL would be a second copy of the rule. The object is all that it
 * is made of.
 */
export const finished = <T extends object>(finish: (stored: T) => unknown): Read => ({
  sql: ({ type, field }, { from, sql }, c) => {
    if (from !== 'json') throw new NotMappable(`${type.name}.${field.name} is made of stored JSON alone`)
    return `json_build_array('${mark}', ${c.finishLater(finish)}, ${sql}, '${mark}')`
  },
})

/** The JSON text of an answer with the values that code makes; `finishes` are those of its statement. */
export const withFinished = (text: string, finishes: readonly Finish[]): string =>
  text.replaceAll(marked, (_, at: string, stored: string) =>
    JSON.stringify(finishes[Number(at)]!(JSON.parse(stored) as never) ?? null),
  )
