import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql'
import type { Context } from '../service/context.js'
import { rolesThatEnter, rolesThatSee } from './permitted-roles.js'
import { clearanceOf, covers, mayEnter, type PolicyTable } from './policy.js'
import type { ClassedField, PolicyIndex } from './policy-index.js'
import { refusedClearing, refusedField } from './refused-field.js'

type InputClasses = ReadonlyMap<string, ClassedField>

/**
 * Refuses inputs that name a field which the actor may not see. Answers with the inputs that no policy has thought of.
 * A mutation takes what its caller may write only. A public field takes what its caller knows anyway: a customer writes their own words.
 */
export const guardInputs = (
  schema: GraphQLSchema,
  policies: PolicyIndex,
  isPublic: (rootField: string) => boolean,
  actionOf: (path: string) => string,
): string[] => {
  const inputs = new Map([...policies.inputs.keys()].map((input) => [input, classesOf(input, policies)]))
  const roots = new Set([schema.getQueryType(), schema.getMutationType()])
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (roots.has(type) && isPublic(field.name)) continue
      const args = field.args.filter((arg) => namesHidable(arg.type, inputs))
      const action = actionOf(roots.has(type) ? field.name : `${type.name}.${field.name}`)
      if (args.length) guardArguments(field, args, { inputs, action, writes: type === schema.getMutationType() })
    }
  }
  return [...unknownInputs(schema, policies), ...forgottenKeys(schema, policies)]
}

const classesOf = (input: string, { typesOfInput, classes }: PolicyIndex): InputClasses =>
  new Map(
    typesOfInput(input)
      .toReversed()
      .flatMap((type) => [...(classes.get(type) ?? [])]),
  )

const guardArguments = (
  field: GraphQLField<unknown, Context>,
  guarded: GraphQLArgument[],
  guard: Omit<Asked, 'ctx'>,
) => {
  const resolve = field.resolve ?? defaultFieldResolver
  field.resolve = (source, args, ctx, info) => {
    for (const arg of guarded) refuseHidden({ ...guard, ctx }, arg.type, args[arg.name], arg.name)
    return resolve(source, args, ctx, info)
  }
}

interface Asked {
  ctx: Context
  /** What is done with what the input speaks of: only as far as that reaches must it be seen. */
  action: string
  inputs: ReadonlyMap<string, InputClasses>
  /** Whether what the input speaks of is entered, not asked for. */
  writes: boolean
}

const refuseHidden = (asked: Asked, type: GraphQLInputType, value: unknown, path: string): void => {
  if (value == null) return
  if (Array.isArray(value)) {
    value.forEach((each, at) => void refuseHidden(asked, type, each, `${path}.${at}`))
    return
  }
  const named = getNamedType(type)
  const classes = asked.inputs.get(named.name)
  if (isEnumType(named)) {
    const name = named.getValues().find((each) => each.value === value)?.name ?? String(value)
    refuse(asked, classes?.get(camelCase(name)), path)
  } else if (isInputObjectType(named)) {
    for (const field of Object.values(named.getFields())) {
      const given = (value as Record<string, unknown>)[field.name]
      if (given === undefined) continue
      refuse(asked, classes?.get(field.name), `${path}.${field.name}`, given)
      refuseHidden(asked, field.type, given, `${path}.${field.name}`)
    }
  }
}

const refuse = ({ ctx, action, writes }: Asked, entry: ClassedField | undefined, path: string, given?: unknown) => {
  if (!entry || covers(clearanceOf(ctx.actor, entry.rule.table, action), entry.fieldClass)) return
  const rule = { ...entry.rule, action }
  const enters = writes && mayEnter(ctx.actor, rule, entry.type, entry.field)
  if (enters && given !== null) return
  if (enters) throw refusedClearing(path, rolesThatSee(rule, entry.fieldClass))
  throw refusedField(path, writes ? rolesThatEnter(rule, entry) : rolesThatSee(rule, entry.fieldClass))
}

/** Whether an input, or one inside it, has a key that can be hidden. */
const namesHidable = (
  type: GraphQLInputType,
  inputs: ReadonlyMap<string, InputClasses>,
  above = new Set<string>(),
): boolean => {
  const named = getNamedType(type)
  if (above.has(named.name)) return false
  const classes = inputs.get(named.name)
  if (classes && keysOf(named).some((key) => (classes.get(key)?.fieldClass ?? 'PLAIN') !== 'PLAIN')) return true
  if (!isInputObjectType(named)) return false
  const within = new Set([...above, named.name])
  return Object.values(named.getFields()).some((field) => namesHidable(field.type, inputs, within))
}

const unknownInputs = (schema: GraphQLSchema, { inputs, typesOfInput, classes }: PolicyIndex) =>
  [...inputs.keys()].flatMap((input) => [
    ...(schema.getType(input) ? [] : [`a policy names the input ${input}, which there is not`]),
    ...typesOfInput(input)
      .filter((type) => !classes.has(type))
      .map((type) => `the input ${input} speaks of ${type}, of which no policy names the fields`),
  ])

/** Keys of inputs that are called like a field which can be hidden, and of which no policy says whether they mean it. */
const forgottenKeys = (schema: GraphQLSchema, { inputs, typesOfInput, classes, classOf }: PolicyIndex) => {
  const hidableOf = (table?: PolicyTable) =>
    new Set(
      [...classes.values()].flatMap((fields) =>
        [...fields]
          .filter(([, entry]) => entry.fieldClass !== 'PLAIN' && (!table || entry.rule.table === table))
          .map(([name]) => name),
      ),
    )
  return Object.values(schema.getTypeMap())
    .filter((type) => isInputObjectType(type) || /OrderField$/.test(type.name))
    .flatMap((type) => {
      const hidable = hidableOf(inputs.get(type.name))
      const meant = (key: string) => typesOfInput(type.name).some((each) => classOf(each, key))
      const keys = keysOf(type).filter((key) => hidable.has(key) && !meant(key))
      return keys.length ? [`${type.name} has ${keys.join(', ')}: a policy must say in inputs of which type`] : []
    })
}

const keysOf = (type: unknown): string[] => {
  if (isInputObjectType(type)) return Object.keys(type.getFields())
  return isEnumType(type) ? type.getValues().map(({ name }) => camelCase(name)) : []
}

/** A field by the name of its order: `DISPLAY_NAME` is displayName. */
const camelCase = (name: string) =>
  /^[A-Z0-9_]+$/.test(name)
    ? name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : name
