import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import type { Context } from '../service/context.js'
import { clearanceIn } from './clearance.js'
import type { ClassedFields } from './guard.js'
import { covers, type FieldClass, fieldClasses, type PolicyTable } from './policy.js'

interface Hidable {
  path: string
  fieldClass: FieldClass
}

/** Answers `redactedFields` of every entity: which of its fields the actor may not see, those of value objects by their path. */
export const answerRedactions = (schema: GraphQLSchema, classed: ClassedFields): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    const field = type.getFields().redactedFields
    if (!field) continue
    const table = [...(classed.get(type.name)?.values() ?? [])][0]?.table
    const hidden = new Map(
      fieldClasses.map((clearance) => [clearance, hiddenFrom(clearance, hidableOf(type, classed))]),
    )
    field.resolve = (source: object, _args: unknown, ctx: Context) => {
      const clearance = table ? clearanceIn(ctx, table as PolicyTable, source) : 'PLAIN'
      return clearance instanceof Promise ? clearance.then((one) => hidden.get(one)) : hidden.get(clearance)
    }
  }
  return schema
}

const hiddenFrom = (clearance: FieldClass, fields: readonly Hidable[]) =>
  Object.freeze(fields.filter(({ fieldClass }) => !covers(clearance, fieldClass)).map(({ path }) => path))

const hidableOf = (
  type: GraphQLObjectType,
  classed: ClassedFields,
  prefix = '',
  above: readonly string[] = [],
): Hidable[] =>
  Object.values(type.getFields()).flatMap((field) => {
    const entry = classed.get(type.name)?.get(field.name)
    if (!entry) return []
    const path = prefix + field.name
    if (entry.fieldClass !== 'PLAIN') return [{ path, fieldClass: entry.fieldClass }]
    const below = getNamedType(field.type)
    const isValueObject = isObjectType(below) && !below.getFields().redactedFields && !above.includes(below.name)
    return isValueObject ? hidableOf(below, classed, `${path}.`, [...above, type.name]) : []
  })
