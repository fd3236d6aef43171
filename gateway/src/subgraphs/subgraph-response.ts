import type { DataText, SubgraphResponse } from '@clientele/kit'
import type { GraphQLFormattedError } from 'graphql'
import type { SubgraphOperation } from './subgraph-client.js'

/** The stock executor throws, without a path, on entities that do not match the representations one by one. */
export function isUsable(response: SubgraphResponse, { variables, acceptsText }: SubgraphOperation): boolean {
  const { data } = response
  const text = textIn(response, acceptsText)
  if (text) return isUsableText(text, variables)
  if (data === null || data === undefined) return response.errors !== undefined && response.errors.length > 0
  if (typeof data !== 'object' || Array.isArray(data)) return false
  const { representations } = variables
  if (!Array.isArray(representations)) return true
  return Array.isArray(data._entities) && data._entities.length === representations.length
}

/** The text that an answer has in the stead of data; beside errors it counts for nothing. */
export const textIn = ({ text, errors }: SubgraphResponse, acceptsText = false): DataText | undefined =>
  acceptsText && !errors ? text : undefined

function isUsableText(text: DataText, { representations }: Record<string, unknown>): boolean {
  const { root, isList, keys, rows } = text
  if (!Array.isArray(keys) || !Array.isArray(rows) || rows.some((row) => row?.length !== keys.length)) return false
  if (!Array.isArray(representations)) return isList || rows.length === 1
  return root === '_entities' && isList && rows.length === representations.length
}

/** An error at `_entities` as a whole has no place in the client's operation. */
export function hasPlace(path: GraphQLFormattedError['path'], variables: Record<string, unknown>): boolean {
  if (!path?.length) return false
  return !Array.isArray(variables.representations) || (path[0] === '_entities' && typeof path[1] === 'number')
}
