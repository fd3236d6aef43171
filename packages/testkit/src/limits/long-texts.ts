import { charactersOf } from '@clientele/contracts'
import { charactersOfCost } from '@clientele/kit'
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  Kind,
} from 'graphql'

/** Fields of a type that texts are in: its own, and those of the objects in it that are no records themselves. */
const fieldsWithTexts = (type: GraphQLObjectType): GraphQLField<unknown, unknown>[] =>
  Object.values(type.getFields()).filter(({ args, type: of }) => {
    const named = getNamedType(of)
    return !args.length && (isObjectType(named) ? !named.getFields().id : named.name === 'String')
  })

/** Selects all texts of what a mutation answers; empty where there are none. */
export const selectionOfTexts = (type: GraphQLOutputType): string => {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  return fieldsWithTexts(named)
    .map((field) => {
      if (!isObjectType(getNamedType(field.type))) return field.name
      const inner = selectionOfTexts(field.type)
      return inner && `${field.name} { ${inner} }`
    })
    .filter(Boolean)
    .join(' ')
}

/** Texts of an answer that are longer than their fields say by `TextSize`. */
export const undeclaredTexts = (type: GraphQLOutputType, value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap((each) => undeclaredTexts(type, each))
  const named = getNamedType(type)
  if (!isObjectType(named) || value == null) return []
  return fieldsWithTexts(named).flatMap((field) => {
    const found = (value as Record<string, unknown>)[field.name]
    if (isObjectType(getNamedType(field.type))) return undeclaredTexts(field.type, found)
    const most = weightOf(field) * charactersOfCost
    const texts = [found].flat().filter((text) => typeof text === 'string')
    return texts
      .filter((text) => charactersOf(text) > most)
      .map((text) => `${named.name}.${field.name} has ${charactersOf(text)} characters; by its cost it has ${most}`)
  })
}

const weightOf = ({ astNode }: GraphQLField<unknown, unknown>): number => {
  const weight = astNode?.directives?.find(({ name }) => name.value === 'cost')?.arguments?.[0]?.value
  return weight?.kind === Kind.INT ? Number(weight.value) : 1
}
