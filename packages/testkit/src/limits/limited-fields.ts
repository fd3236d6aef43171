import { type FieldLimit, limitOfField, limitSentence, plainSchema, type Service } from '@clientele/kit'
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql'

export const isList = (type: GraphQLInputType) => isListType(getNullableType(type))

/** The input type of each mutation of a service. */
export const mutationInputs = (service: Service): Map<string, GraphQLInputObjectType> => {
  const mutations = Object.values((plainSchema(service) as GraphQLSchema).getMutationType()?.getFields() ?? {})
  return new Map(
    mutations.flatMap(({ name, args }) => {
      const type = args.find((arg) => arg.name === 'input')?.type
      const named = type && getNamedType(type)
      return isInputObjectType(named) ? [[name, named] as const] : []
    }),
  )
}

interface InputField {
  field: GraphQLInputField
  limit: FieldLimit | undefined
}

/** All fields of inputs that mutations take, at any depth, by `Input.field`; not those of the inputs in `without`. */
export const inputFields = (
  inputs: Iterable<GraphQLInputObjectType>,
  without: ReadonlySet<string>,
): Map<string, InputField> => {
  const fields = new Map<string, InputField>()
  const visit = (type: GraphQLInputObjectType) => {
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`
      if (fields.has(name)) continue
      fields.set(name, { field, limit: limitOfField(type.name, field.name) })
      const inner = getNamedType(field.type)
      if (isInputObjectType(inner) && !without.has(inner.name)) visit(inner)
    }
  }
  for (const type of inputs) visit(type)
  return fields
}

/**
 * Texts, numbers, times and lists of a service's inputs that have no limit. `without` are fields that need none, because they name what must
 * exist already, or inputs that are checked as a whole.
 */
export const unlimited = (service: Service, without: ReadonlySet<string>): string[] =>
  [...inputFields(mutationInputs(service).values(), without)].flatMap(([name, { field, limit }]) => {
    const named = getNamedType(field.type)
    const needsOne = isList(field.type) || ['String', 'Int', 'Date', 'DateTime'].includes(named.name)
    const isExempt = without.has(name) || without.has(named.name) || field.name === 'expectedVersion'
    return needsOne && !limit && !isExempt ? [name] : []
  })

/** Fields of a service's inputs whose description says how long or large something is, beside what is made from the limit. */
export const limitsByHand = (service: Service): string[] =>
  Object.values(plainSchema(service).getTypeMap())
    .filter(isInputObjectType)
    .flatMap((input) => Object.values(input.getFields()).map((field) => ({ input, field })))
    .flatMap(({ input, field: { name, description } }) => {
      const limit = limitOfField(input.name, name)
      const own = limit ? description?.replace(limitSentence(limit), '') : description
      const numbers = limit ? /\d+ to \d|\b(at most|up to|at least) \d/i : /\d (characters|letters|entries)\b/i
      return numbers.test(own ?? '') ? [`${input.name}.${name}: ${own}`] : []
    })
