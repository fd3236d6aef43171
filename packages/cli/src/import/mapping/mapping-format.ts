import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import type { MappingFaults } from './mapping-fault.js'
import { checkKeys } from './mapping-source.js'
import { isNothing, textOf } from './mapping-text.js'

export const delimiters = ['auto', 'comma', 'semicolon', 'tab'] as const
export type Delimiter = (typeof delimiters)[number]

/** How the files of an import are written; `auto` is told from the file. */
export interface Format {
  delimiter: Delimiter
  /** A label of the Encoding Standard, or `auto`. */
  encoding: string
  /** Texts that stand for an empty cell. */
  nulls: readonly string[]
}

/** Reads `format:`; what is wrong with it goes to the faults and counts as `auto`. */
export const readFormat = (node: Node | undefined, faults: MappingFaults): Format => {
  const format: Format = { delimiter: 'auto', encoding: 'auto', nulls: [] }
  if (node === undefined) return format
  if (!isMap(node)) {
    faults.add(node, 'format', 'wrong_shape', 'has the keys delimiter, encoding and nulls')
    return format
  }
  checkKeys(node, ['delimiter', 'encoding', 'nulls'], faults, 'format')
  const delimiter = node.get('delimiter', true) as Scalar | undefined
  const known = delimiters.find((name) => name === labelOf(delimiter))
  if (known) format.delimiter = known
  else faults.add(delimiter, 'format.delimiter', 'bad_format', `is one of ${delimiters.join(', ')}`)
  const encoding = node.get('encoding', true) as Scalar | undefined
  const label = labelOf(encoding)
  if (isEncoding(label)) format.encoding = label
  else faults.add(encoding, 'format.encoding', 'bad_format', `there is no encoding "${label}"`)
  const nulls = node.get('nulls', true) as Node | undefined
  if (isSeq(nulls)) format.nulls = nulls.items.map((item) => (isScalar(item) ? textOf(item) : ''))
  else if (nulls) faults.add(nulls, 'format.nulls', 'wrong_shape', 'is a list of texts: ["NULL", "n/a"]')
  return format
}

const labelOf = (node: Scalar | undefined) => (!node || isNothing(node) ? 'auto' : textOf(node))

/** Whether an encoding can be read: `auto`, or a label of the Encoding Standard. */
export const isEncoding = (label: string): boolean => {
  try {
    return label === 'auto' || Boolean(new TextDecoder(label))
  } catch {
    return false
  }
}
