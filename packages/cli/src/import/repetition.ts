import type { ImportStore } from './import-store.js'
import type { RowFault } from './mapping/template.js'
import { quoted } from './quoted.js'

/**
 * Whether the item's key came before with other values: two such rows would change the same record to and fro, with every run of the
 * import. Keys are equal that are stored alike, and then the way they are written is one of the values. An equal row does no harm.
 */
export const checkRepetition = (store: ImportStore, externalId: string, value: object, line: number) => {
  const first = store.addItem(externalId, value, line)
  if (!first || first.isEqual) return { isRepeated: first !== undefined }
  const fault: RowFault = {
    column: '',
    reason: 'row.repeated',
    message: `${quoted(externalId)} stands in line ${first.line} already, with other values`,
  }
  return { isRepeated: true, fault }
}
