import { isPlainText, malformedCharacter, malformedMessage, malformedText } from '@clientele/contracts'
import { type ASTNode, type DocumentNode, Kind, visit } from 'graphql'
import { Invalid } from '../errors/errors.js'

/** The form that texts get, such as `normalizeLine`. */
type Normalize = (text: string) => string

/** What a request may nest; beyond it nothing is read. */
const mostLevels = 64

/**
 * The one check of the texts that enter with a request: a JSON value with each text in its normalised form, where a form is given; the
 * value itself where nothing changes. Keys of objects are looked at and stay as they are. `path` is where the value is in the request.
 * @throws Invalid `text.malformed` with the path of the text, `variables.too_deep` beyond 64 levels
 */
export const readTexts = <T>(value: T, normalize?: Normalize, path: readonly string[] = []): T => {
  const places: (string | number)[] = [...path]

  const read = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (isPlainText(value)) return value
      refuseMalformed(value, places)
      return normalize ? normalize(value) : value
    }
    if (typeof value !== 'object' || value === null) return value
    if (places.length > mostLevels) {
      throw new Invalid(`The variables have more than ${mostLevels} levels.`, {
        reason: 'variables.too_deep',
        params: { most: mostLevels },
      })
    }
    return Array.isArray(value) ? readList(value) : readObject(value)
  }

  const inside = (place: string | number, value: unknown) => {
    places.push(place)
    const found = read(value)
    places.pop()
    return found
  }

  const readList = (list: unknown[]): unknown[] => {
    let changed: unknown[] | undefined
    for (let at = 0; at < list.length; at++) {
      const found = inside(at, list[at])
      if (found === list[at]) continue
      changed ??= [...list]
      changed[at] = found
    }
    return changed ?? list
  }

  const readObject = (object: object): object => {
    let changed: Record<string, unknown> | undefined
    for (const [key, given] of Object.entries(object)) {
      refuseMalformed(key, places)
      const found = inside(key, given)
      if (found === given) continue
      changed ??= { ...object }
      changed[key] = found
    }
    return changed ?? object
  }

  return read(value) as T
}

/** As `readTexts`, for what a document writes out: the path begins with the name of the argument. */
export const readWrittenTexts = (document: DocumentNode, normalize?: Normalize): DocumentNode =>
  visit(document, {
    StringValue(node, _key, parent, keys, ancestors) {
      const character = malformedCharacter(node.value)
      if (character) throw malformed(placesOf(keys, [...ancestors, parent!]), character)
      const value = normalize ? normalize(node.value) : node.value
      return value === node.value ? undefined : { ...node, value }
    },
  })

/** @throws Invalid `text.malformed` */
export const refuseMalformed = (text: string, path: readonly (string | number)[]): void => {
  const character = malformedCharacter(text)
  if (character) throw malformed(path, character)
}

const malformed = (path: readonly (string | number)[], character: string) =>
  new Invalid(`A text holds ${character}, which no text may hold.`, {
    reason: malformedText,
    params: { character },
    fields: [
      {
        path: path.join('.') || 'variables',
        reason: malformedText,
        message: malformedMessage(character),
        params: { character },
      },
    ],
  })

/** Names of arguments and fields, and numbers of list entries, from the outermost argument down to a value. */
const placesOf = (keys: readonly (string | number)[], holders: readonly (ASTNode | readonly ASTNode[])[]) =>
  holders.flatMap((holder, at): (string | number)[] => {
    if (Array.isArray(holder)) return (holders[at - 1] as ASTNode).kind === Kind.LIST ? [keys[at]!] : []
    const node = holder as ASTNode
    if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return [node.name.value]
    return node.kind === Kind.VARIABLE_DEFINITION ? [node.variable.name.value] : []
  })
