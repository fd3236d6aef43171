/** What operations are counted as whose names are not known beforehand. */
export const otherOperations = 'other'

/** How many names there are at most: each is a series for every outcome. */
const mostNames = 200

/**
 * Under which name an operation is counted and traced. A name is the client's text, so only those count that the operator knows: the `named` ones,
 * and those of trusted documents as they come, as long as there is room.
 */
export const createOperationNames = (named: readonly string[], isTrusted: (document: string) => boolean) => {
  const known = new Set(named)
  return (document: string, name: string | undefined): string => {
    if (name === undefined) return otherOperations
    if (!known.has(name)) {
      if (known.size >= mostNames || !isTrusted(document)) return otherOperations
      known.add(name)
    }
    return name
  }
}
