import { createHash } from 'node:crypto'
import type { RowFault } from './template.js'

export type RepetitionCheck = ReturnType<typeof createRepetitionCheck>

/**
 * Tells of each item whether its key came before with other values: two such rows would change the same record to and
 * fro, with every run of the import. An equal one does no harm.
 */
export const createRepetitionCheck = () => {
  const known = new Map<string, { line: number; digest: string }>()
  return (externalId: string, value: object, line: number): RowFault | undefined => {
    const digest = createHash('sha256').update(JSON.stringify(value)).digest('base64').slice(0, 16)
    const first = known.get(externalId)
    if (!first) {
      known.set(externalId, { line, digest })
      return undefined
    }
    if (first.digest === digest) return undefined
    const message = `"${externalId}" stands in line ${first.line} already, with other values`
    return { column: '', reason: 'row.repeated', message }
  }
}
