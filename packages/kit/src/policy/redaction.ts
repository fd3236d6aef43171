import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import type { Context } from '../service/context.js'
import { clearanceIn } from './clearance.js'
import { covers, type FieldClass, fieldClasses } from './policy.js'
import type { PolicyIndex } from './policy-index.js'

interface Hidable {
  path: string
  fieldClass: FieldClass
}

/** Answers `redactedFields` of every entity: which of its fields the actor may not see, those of value objects by their path. */
export const answerRedactions = (schema: GraphQLSchema, policies: PolicyIndex): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    const field = type.getFields().redactedFields
    if (!field) continue
    const rule = policies.readRuleOfType(type.name)
    const hidden = new Map(
      fieldClasses.map((clearance) => [clearance, hiddenFrom(clearance, hidableOf(type, policies))]),
    )
    field.resolve = (source: object, _args: unknown, ctx: Context) => {
      const clearance = rule ? clearanceIn(ctx, rule.table, source) : 'PLAIN'
      return clearance instanceof Promise ? clearance.then((one) => hidden.get(one)) : hidden.get(clearance)
    }
  }
  return schema
}

const hiddenFrom = (clearance: FieldClass, fields: readonly Hidable[]) =>
  Object.freeze(fields.filter(({ fieldClass }) => !covers(clearance, fieldClass)).map(({ path }) => path))

const hidableOf = (
  type: GraphQLObjectType,
  policies: PolicyIndex,
  prefix = '',
  above: readonly string[] = [],
): Hidable[] =>
  Object.values(type.getFields()).flatMap((field) => {
    const entry = policies.classOf(type.name, field.name)
    if (!entry) return []
    const path = prefix + field.name
    if (entry.fieldClass !== 'PLAIN') return [{ path, fieldClass: entry.fieldClass }]
    const below = getNamedType(field.type)
    const isValueObject = isObjectType(below) && !below.getFields().redactedFields && !above.includes(below.name)
    return isValueObject ? hidableOf(below, policies, `${path}.`, [...above, type.name]) : []
  })
