import { limits } from '@clientele/contracts'
import { type FieldLimit, limitOfField, plainSchema, type Service } from '@clientele/kit'
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

/** The limit of an input's field; of an idempotency key the kit's own. */
export const limitOf = ({ name: input }: GraphQLInputObjectType, field: string): FieldLimit | undefined => {
  if (field === 'idempotencyKey') return { limit: limits.idempotencyKey }
  const type = classes().find(({ name }) => name === input)
  return type && limitOfField(type.target, field)
}

// The schema does not know what it was made of, and type-graphql keeps that in a global only.
const classes = () =>
  (globalThis as unknown as { TypeGraphQLMetadataStorage: { inputTypes: { name: string; target: Function }[] } })
    .TypeGraphQLMetadataStorage.inputTypes

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
      fields.set(name, { field, limit: limitOf(type, field.name) })
      const inner = getNamedType(field.type)
      if (isInputObjectType(inner) && !without.has(inner.name)) visit(inner)
    }
  }
  for (const type of inputs) visit(type)
  return fields
}

/**
 * What is not right about the limits of a service's inputs: a text, number or list without one, and a description that does not say it.
 * `without` are fields that need none, because they name what must exist already, or inputs that are checked as a whole.
 */
export const faultsOfLimits = (service: Service, without: ReadonlySet<string>): string[] =>
  [...inputFields(mutationInputs(service).values(), without)].flatMap(([name, { field, limit: found }]) => {
    const named = getNamedType(field.type)
    const needsOne = isList(field.type) || ['String', 'Int'].includes(named.name)
    if (!found) {
      const isExempt = without.has(name) || without.has(named.name) || field.name === 'expectedVersion'
      return needsOne && !isExempt ? [`${name} has no limit`] : []
    }
    if (field.name === 'idempotencyKey') return []
    const numbers = [found.limit.most, found.each?.most].filter((most) => most !== undefined)
    return numbers.every((most) => says(field.description, most))
      ? []
      : [`the description of ${name} does not say ${numbers.join(' and ')}`]
  })

const says = (description: string | null | undefined, most: number) =>
  [String(most), most.toLocaleString('en-US')].some((text) =>
    new RegExp(`(?<![\\d,])${text}(?![\\d,]*\\d)`).test(description ?? ''),
  )
