import type { DataText } from '@clientele/kit'
import type { Json } from '../run/run-state.js'

/** A JSON text that stands for its value: a part of the answer which nobody here looks into. */
export class Text {
  constructor(readonly text: string) {}
}

/** Response keys of a fetch that go into the client's answer as they come: root fields, and fields of what a root field brings. */
export interface OpaqueKeys {
  roots: ReadonlySet<string>
  below: ReadonlyMap<string, ReadonlySet<string>>
}

const none: ReadonlySet<string> = new Set()

/** What a subgraph has sent, with a `Text` for each opaque key. Nulls are nulls, for the answer's shape to judge. */
export function unpack({ root, isList, keys, rows }: DataText, opaque: OpaqueKeys): Json {
  const closed = root ? (opaque.below.get(root) ?? none) : opaque.roots
  const isClosed = keys.map((key) => closed.has(key))
  const objects = rows.map((texts) => {
    const object: Json = {}
    keys.forEach((key, at) => {
      const text = texts[at]!
      object[key] = text === 'null' ? null : isClosed[at] ? new Text(text) : JSON.parse(text)
    })
    return object
  })
  if (!root) return objects[0]!
  return { [root]: isList ? objects : objects[0] }
}

/** The JSON text of a value that may be a `Text`; nothing inside another value is one. */
export const textOf = (value: unknown): string => (value instanceof Text ? value.text : JSON.stringify(value))

/** The text of an object of which a field is a `Text`. */
export function closeObject(object: Json, fields: readonly { name: string; label: string }[]): Text {
  let text = ''
  for (const { name, label } of fields) text += `${text ? ',' : '{'}${label}${textOf(object[name])}`
  return new Text(`${text}}`)
}

/** The list itself, or its text where an entry is one. */
export const closeList = (list: readonly unknown[]): unknown =>
  list.some((entry) => entry instanceof Text) ? new Text(`[${list.map(textOf).join(',')}]`) : list
