import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql'
import { placeOf, rememberPlace } from '../postgres/record-of.js'
import type { Context } from '../service/context.js'
import { allow } from './allow.js'
import { clearanceIn } from './clearance.js'
import { covers, type FieldClass, type Rule } from './policy.js'
import type { ClassedField, PolicyIndex } from './policy-index.js'

type Field = GraphQLField<object, Context>

/** Lets a field run only for whom its rule permits it. */
export const guardOpening = (field: GraphQLField<unknown, Context>, rule: Rule) => {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, ctx, info) => {
    allow(ctx.actor, rule)
    return resolve(source, args, ctx, info)
  }
}

/** Makes a field null for whom its class is hidden from, and has the audit log know of each SENSITIVE value that is shown. Answers with faults. */
export const guardField = (
  type: GraphQLObjectType,
  field: Field,
  { rule, fieldClass }: ClassedField,
  policies: PolicyIndex,
): string[] => {
  const resolve = field.resolve ?? defaultFieldResolver
  if (fieldClass === 'PLAIN') {
    if (isValueWithHidable(field.type, policies)) {
      field.resolve = (source, args, ctx, info) =>
        after(resolve(source, args, ctx, info), (value) => rememberPlace(value, source, field.name))
    }
    return []
  }
  const isSensitive = fieldClass === 'SENSITIVE'
  field.resolve = (source, args, ctx, info) => {
    const shown = (clearance: FieldClass) => {
      if (!covers(clearance, fieldClass)) return null
      return after(resolve(source, args, ctx, info), (value) => {
        rememberPlace(value, source, field.name)
        if (isSensitive && value != null) noteShown(ctx, source, info)
      })
    }
    const clearance = clearanceIn(ctx, rule.table, source)
    return clearance instanceof Promise ? clearance.then(shown) : shown(clearance)
  }
  return isNonNullType(field.type) ? [`${type.name}.${field.name} can be hidden, so it must be nullable`] : []
}

const noteShown = (ctx: Context, source: object, info: GraphQLResolveInfo) => {
  const { record, path } = placeOf(source, info.fieldName)
  ctx.trail.shown({ type: record.constructor.name, id: record.id }, path, responsePathAsArray(info.path))
}

/** Whether it holds value objects that have fields which can be hidden, or hold such: of an entity they know nothing by themselves. */
const isValueWithHidable = (type: GraphQLOutputType, policies: PolicyIndex, above: readonly string[] = []): boolean => {
  const named = getNamedType(type)
  if (!isObjectType(named) || named.getFields().redactedFields || above.includes(named.name)) return false
  return [...(policies.classes.get(named.name) ?? [])].some(([name, { fieldClass }]) => {
    if (fieldClass !== 'PLAIN') return true
    const field = named.getFields()[name]
    return field !== undefined && isValueWithHidable(field.type, policies, [...above, named.name])
  })
}

/** Looks at a value on its way, now or once it is there. */
const after = <T>(value: T, look: (value: unknown) => void): T => {
  if (value instanceof Promise) {
    return value.then((settled) => {
      look(settled)
      return settled
    }) as T
  }
  look(value)
  return value
}
