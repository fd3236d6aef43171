import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql'
import type { Compilation } from '../compile/compilation.js'

/**
 * What the fields of an object are read from: a row of an entity's table, a row of a select whose columns are named as the fields
 * (`unit_price` for `unitPrice`), or a jsonb object with the fields as members. `sql` is the row's alias, or the jsonb value.
 */
export interface Row {
  from: 'entity' | 'select' | 'json'
  sql: string
  /** Of a part of a row, the expressions of its columns: nothing else can be read from it. */
  expressions?: ReadonlyMap<string, string>
  /** The row of the entity that a value object belongs to. */
  record?: EntityRow | undefined
}

/** A row of an entity's table. */
export interface EntityRow {
  type: string
  alias: string
}

/** The entity that an object of this type belongs to: itself, if it is one. */
export const recordOf = (
  { name: type }: GraphQLObjectType,
  { from, sql: alias, record }: Row,
): EntityRow | undefined => (from === 'entity' ? { type, alias } : record)

/** A field that is asked for. */
export interface RequestedField {
  type: GraphQLObjectType
  field: GraphQLField<unknown, unknown>
  /** All places in the operation that ask for it under the same key. */
  nodes: readonly FieldNode[]
  /** Arguments; what comes from variables is a VariableReference. */
  args: Readonly<Record<string, unknown>>
}

/** How a field is read: the SQL expression of its value. */
export interface Read {
  sql(asked: RequestedField, row: Row, compilation: Compilation): string
  /** Whether the expression can never be null, so that nothing has to watch over a field that must not be. */
  isCertain?: boolean
  /** Of a query for one entity by its argument `id`: the entity's type. */
  finds?: string
}

/** What a concept says of the fields of a type that the ORM does not know. */
export interface Reads {
  type: string
  fields: Readonly<Record<string, Read>>
  /** Of a stub, the table with the id, owner and territory of those that it may stand for. */
  keptIn?: string
}

/**
 * Says how fields of a type are read: `reads('Visit', { rescheduleCount: computed((visit) => `jsonb_array_length(${visit}.reschedules)`) })`.
 * Fields that are columns of the entity, or members of a JSON column, need no word.
 */
export const reads = (type: string, fields: Reads['fields'], o: { keptIn?: string } = {}): Reads => ({
  type,
  fields,
  ...o,
})
