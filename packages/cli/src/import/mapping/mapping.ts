import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml'
import { UsageError } from '../../command.js'
import { collectFaults, type MappingFaults } from './mapping-fault.js'
import { compileFields } from './mapping-fields.js'
import { type Format, readFormat } from './mapping-format.js'
import { checkKeys, columnIndex } from './mapping-source.js'
import { asWritten, isNothing, textOf } from './mapping-text.js'
import type { Target } from './target.js'
import type { ObjectTemplate } from './template.js'

/** Headers of the files that are imported. */
export interface Headers {
  file: readonly string[]
  /** Header of the lines file; undefined where the lines stand in the file itself. */
  lines?: readonly string[] | undefined
}

/** A mapping that fits its files and the API. */
export interface Mapping {
  system: string
  row: ObjectTemplate
  /** Of purchases: what becomes a line. */
  lines?: LinesMapping
}

/** How lines find their purchase, and what becomes of them. */
export interface LinesMapping {
  /** Position of the key in the file. */
  fileKey: number
  /** Position of the key in the lines file. */
  linesKey: number
  keyColumn: string
  template: ObjectTemplate
}

/** A mapping file as read; it is checked to the end when the headers and the API's fields are known. */
export interface MappingDraft {
  format: Format
  /** Columns that it names, of all files. */
  columns: readonly string[]
  /** Throws MappingError with all faults at once. */
  compile(headers: Headers, target: Target): Mapping
}

/** Bytes of a mapping; whoever has more than this has named another file. */
const mostBytes = 1024 ** 2

/** Reads a mapping. Throws MappingError for what is none, UsageError for a file that cannot be read. */
export const readMapping = async (file: string): Promise<MappingDraft> => {
  const read = async () => ((await stat(file)).size > mostBytes ? '' : readFile(file, 'utf8'))
  const text = await read().catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The mapping ${file} cannot be read (${error.code}).`)
  })
  return parseMapping(text, basename(file))
}

const keys = ['system', 'format', 'rows', 'lines']
const notMapping = `this is not a mapping file (YAML with the keys ${keys.join(', ')}); the file to import is named before --map`

/** Reads the text of a mapping; `name` is what faults call it. Throws MappingError. */
export const parseMapping = (text: string, name: string): MappingDraft => {
  const lines = new LineCounter()
  const doc = parseDocument(text, { ...asWritten, lineCounter: lines })
  const faults = collectFaults(name, lines)
  const root = doc.contents as Node | null
  const isMapping = isMap(root) && keys.some((key) => root.has(key))
  if (isMapping) for (const { pos, message } of doc.errors) faults.add(pos[0], '', 'yaml', withoutSource(message))
  else faults.add(doc.errors[0]?.pos[0] ?? root, '', 'not_a_mapping', notMapping)
  faults.throwIfAny()
  const map = root as YAMLMap
  checkKeys(map, keys, faults, '')
  return {
    format: readFormat(map.get('format', true) as Node | undefined, faults),
    columns: namedColumns(doc),
    compile: (headers, target) => {
      const mapping = compileRoot(map, headers, target, faults)
      faults.throwIfAny()
      return mapping
    },
  }
}

const namedColumns = (doc: Document): string[] => {
  const columns = new Set<string>()
  const keys = new Set(['column', 'key', 'file', 'lines'])
  visit(doc, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && isScalar(value) && keys.has(textOf(key))) columns.add(textOf(value))
    },
  })
  return [...columns]
}

/** A message of the YAML reader without what it quotes of the file, which may be anything. */
const withoutSource = (message: string) => message.replace(/: (?!between |in ).*/s, '')

const nothing: ObjectTemplate = { kind: 'object', fields: [] }

const compileRoot = (root: YAMLMap, headers: Headers, target: Target, faults: MappingFaults): Mapping => {
  const system = root.get('system', true) as Node | undefined
  const key = isScalar(system) && !isNothing(system) ? textOf(system).trim() : ''
  if (!key) faults.add(system ?? root, 'system', 'missing_field', 'system is needed: the key of where the data is from')
  const fields = new Map(target.fields)
  const lineFields = fields.get('lines')?.item?.fields
  if (lineFields) fields.delete('lines')
  const rows = root.get('rows', true) as Node | undefined
  if (!isMap(rows)) faults.add(rows ?? root, 'rows', 'missing_field', 'rows is needed: what becomes of a row')
  const template = isMap(rows) ? compileFields(rows, fields, { header: headers.file, faults }, 'rows') : nothing
  const lines = root.get('lines', true) as Node | undefined
  if (lineFields) return { system: key, row: template, lines: compileLines(lines, root, headers, lineFields, faults) }
  if (lines) faults.add(lines, 'lines', 'unknown_key', 'only purchases have lines')
  return { system: key, row: template }
}

const compileLines = (
  node: Node | undefined,
  root: YAMLMap,
  headers: Headers,
  fields: ReadonlyMap<string, Target>,
  faults: MappingFaults,
): LinesMapping => {
  const missing: LinesMapping = { fileKey: -1, linesKey: -1, keyColumn: '', template: nothing }
  if (!isMap(node)) {
    faults.add(node ?? root, 'lines', 'missing_field', 'lines is needed, with the keys key and fields')
    return missing
  }
  checkKeys(node, ['key', 'fields'], faults, 'lines')
  const header = headers.lines ?? headers.file
  const body = node.get('fields', true) as Node | undefined
  if (!isMap(body))
    faults.add(body ?? node, 'lines.fields', 'missing_field', 'fields is needed: what becomes of a line')
  const template = isMap(body) ? compileFields(body, fields, { header, faults }, 'lines.fields') : nothing
  const key = node.get('key', true) as Node | undefined
  const [inFile, inLines] = isMap(key) ? [key.get('file', true), key.get('lines', true)] : [key, key]
  if (!isScalar(inFile) || !isScalar(inLines)) {
    const message = 'key is needed: the column that the lines of a purchase share, or { file: …, lines: … }'
    faults.add(key ?? node, 'lines.key', 'missing_field', message)
    return missing
  }
  const linesKey = columnIndex(inLines as Scalar, { header, faults }, 'lines.key')
  const isSame = inFile === inLines && !headers.lines
  const fileKey = isSame ? linesKey : columnIndex(inFile as Scalar, { header: headers.file, faults }, 'lines.key')
  return { fileKey, linesKey, keyColumn: textOf(inLines), template }
}
