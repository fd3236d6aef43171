import { malformedCharacter, malformedMessage, malformedText } from '@clientele/contracts'
import { leafValue } from './leaf.js'
import type { Target } from './target.js'
import { CellFault, type Transform } from './transforms.js'

/** A compiled piece of a mapping: how one value of the API's input is made from the cells of a row. */
export type Template = ConstantTemplate | CellTemplate | ObjectTemplate | ListTemplate

export interface ConstantTemplate {
  kind: 'constant'
  value: unknown
}

export interface CellTemplate {
  kind: 'cell'
  column: string
  /** Position of the column in the file. */
  index: number
  transforms: readonly Transform[]
  /** Text instead of an empty cell. */
  default?: string
  /** Separator of a cell that holds several values. */
  split?: string
  target: Target
}

export interface ObjectTemplate {
  kind: 'object'
  fields: { name: string; required: boolean; template: Template }[]
}

export interface ListTemplate {
  kind: 'list'
  items: Template[]
}

/** What is wrong with a row, and in which column. */
export interface RowFault {
  column: string
  reason: string
  message: string
}

/** The cells of one row; null where a cell is empty. */
export type Cells = readonly (string | null)[]

interface Notes {
  faults: RowFault[]
  /** Filled with the column of each value, by its path in the input: `contactPoints[0].value`. */
  columns?: Map<string, string>
}

const faulty = Symbol('faulty')

/** Makes the API's input of one row. All faults are collected; with any of them the value is not fit to be sent. */
export const fillTemplate = (template: ObjectTemplate, cells: Cells, columns?: Map<string, string>) => {
  const notes: Notes = { faults: [], ...(columns && { columns }) }
  const value = fillObject(template, cells, notes, '', true) as Record<string, unknown>
  return { value, faults: notes.faults }
}

/** The columns that a template reads. */
export const columnsOf = (template: Template): string[] => {
  switch (template.kind) {
    case 'constant':
      return []
    case 'cell':
      return [template.column]
    case 'object':
      return template.fields.flatMap((field) => columnsOf(field.template))
    case 'list':
      return template.items.flatMap(columnsOf)
  }
}

const fill = (template: Template, cells: Cells, notes: Notes, path: string): unknown => {
  switch (template.kind) {
    case 'constant':
      return template.value
    case 'cell':
      return fillCell(template, cells, notes, path)
    case 'object':
      return fillObject(template, cells, notes, path, false)
    case 'list':
      return fillList(template, cells, notes, path)
  }
}

const fillList = ({ items }: ListTemplate, cells: Cells, notes: Notes, path: string) => {
  const values: unknown[] = []
  for (const item of items) {
    const value = fill(item, cells, notes, `${path}[${values.length}]`)
    if (value != null) values.push(value)
  }
  return values
}

// An optional object is left out where the columns that matter are empty: those of the fields that it must have, else all.
const fillObject = ({ fields }: ObjectTemplate, cells: Cells, notes: Notes, path: string, isRow: boolean) => {
  const value: Record<string, unknown> = {}
  for (const { name, template } of fields) {
    const filled = fill(template, cells, notes, path ? `${path}.${name}` : name)
    if (filled !== undefined) value[name] = filled
  }
  const isEmpty = (field: ObjectTemplate['fields'][number]) =>
    value[field.name] == null || (Array.isArray(value[field.name]) && !(value[field.name] as unknown[]).length)
  const variable = fields.filter(({ template }) => columnsOf(template).length)
  const needed = variable.filter(({ required }) => required)
  const decisive = needed.length ? needed : variable
  if (!isRow && decisive.length && decisive.every(isEmpty)) return null
  for (const field of needed.filter(isEmpty)) {
    const [column = ''] = columnsOf(field.template)
    notes.faults.push({ column, reason: 'cell.empty', message: `is empty, and ${neededPath(field)} is needed` })
  }
  return value
}

const neededPath = ({ name, template }: ObjectTemplate['fields'][number]): string => {
  const inner = template.kind === 'object' && template.fields.find(({ required }) => required)
  return inner ? `${name}.${neededPath(inner)}` : name
}

const fillCell = (template: CellTemplate, cells: Cells, notes: Notes, path: string): unknown => {
  const { column, target } = template
  notes.columns?.set(path, column)
  try {
    const written = cells[template.index] ?? template.default ?? null
    const malformed = written === null ? undefined : malformedCharacter(written)
    if (malformed) throw new CellFault(malformedText, `must be ${malformedMessage(malformed)}`)
    if (template.split !== undefined) {
      const parts = (written ?? '').split(template.split).filter((part) => part.trim())
      return parts.map((part) => readLeaf(template, part, target.item as Target)).filter((part) => part !== null)
    }
    const value = written === null ? null : readLeaf(template, written, target)
    // What has a default in the API gets it by being left out.
    return value === null && target.hasDefault ? undefined : value
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    notes.faults.push({ column, reason: error.reason, message: error.message })
    return faulty
  }
}

const readLeaf = ({ transforms }: CellTemplate, written: string, target: Target) => {
  let text: string | null = written
  for (const transform of transforms) {
    if (text === null) return null
    text = transform(text)
  }
  return text === null ? null : leafValue(text, target)
}
