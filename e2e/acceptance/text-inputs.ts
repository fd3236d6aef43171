import { readFileSync } from 'node:fs'
import { committedSupergraph } from '@clientele/gateway'
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
} from 'graphql'

export const supergraph = buildSchema(readFileSync(committedSupergraph, 'utf8'), { assumeValidSDL: true })

/** Types within themselves, as those of filters are, are entered so often. */
const mostNested = 2

const notTexts = ['Int', 'Float', 'Boolean']

/** A place in the arguments of a root field that takes a text: `['input', 'lines', 0, 'sku']`. */
export interface TextInput {
  operation: 'query' | 'mutation'
  field: string
  /** The service that answers the field. */
  service: string
  path: readonly (string | number)[]
  /** An operation that takes all arguments of the field from variables of the same names. */
  query: string
  /** The variables with the text in its place, and what is required beside it. */
  variables(text: string): Record<string, unknown>
}

/** All places of the supergraph that take a text. */
export const textInputs = (): TextInput[] =>
  (['query', 'mutation'] as const).flatMap((operation) => {
    const root = supergraph.getRootType(operation as never) as GraphQLObjectType
    return Object.values(root.getFields()).flatMap((field) => {
      const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
      const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
      const selection = selectionOf(getNamedType(field.type))
      const query = `${operation} (${declared}) { ${field.name}(${given})${selection} }`
      return field.args.flatMap((arg) =>
        textsIn(arg.type, [arg.name]).map(
          (path): TextInput => ({
            operation,
            field: field.name,
            service: serviceOf(field),
            path,
            query,
            variables: (text) => filled(field.args, isRequiredArgument as never, path, text),
          }),
        ),
      )
    })
  })

/** Batches tell of what they have refused in their result. */
const selectionOf = (type: GraphQLNamedType) => {
  if (!isObjectType(type)) return ''
  return type.getFields().rejected ? ' { rejected }' : ' { __typename }'
}

type Path = readonly (string | number)[]

/** The service that answers a root field. */
export const serviceOf = ({ astNode }: GraphQLField<unknown, unknown>): string => {
  const [graph] = astNode?.directives?.find(({ name }) => name.value === 'join__field')?.arguments ?? []
  return graph?.value.kind === Kind.ENUM ? graph.value.value.toLowerCase() : ''
}

const textsIn = (type: GraphQLInputType, path: Path, within: readonly string[] = []): Path[] => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return textsIn(nullable.ofType, [...path, 0], within)
  if (isEnumType(nullable)) return []
  if (!isInputObjectType(nullable)) return notTexts.includes(nullable.name) ? [] : [path]
  if (within.filter((name) => name === nullable.name).length >= mostNested) return []
  const inside = [...within, nullable.name]
  return Object.values(nullable.getFields()).flatMap(({ name, type: of }) => textsIn(of, [...path, name], inside))
}

const samples: Record<string, unknown> = {
  ID: '00000000-0000-7000-8000-000000000000',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-01-02T03:04:05Z',
  Date: '1990-01-02',
  Decimal: '1',
  PreciseDecimal: '7.5',
  CountryCode: 'DE',
  CurrencyCode: 'EUR',
  EmailAddress: 'a@example.com',
  PhoneNumber: '+8613800138000',
}

const filled = (
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  isRequired: (field: GraphQLArgument | GraphQLInputField) => boolean,
  [name, ...path]: Path,
  text: string,
): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .filter((field) => field.name === name || field.name === 'dryRun' || isRequired(field))
      .map(({ name: each, type }) => [each, each === name ? valueWith(type, path, text) : sampleOf(type)]),
  )

const valueWith = (type: GraphQLInputType, path: Path, text: string): unknown => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [valueWith(nullable.ofType, path.slice(1), text)]
  if (!isInputObjectType(nullable)) return text
  return filled(Object.values(nullable.getFields()), isRequiredInputField as never, path, text)
}

const sampleOf = (type: GraphQLInputType): unknown => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [sampleOf(nullable.ofType)]
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name
  if (isInputObjectType(nullable))
    return filled(Object.values(nullable.getFields()), isRequiredInputField as never, [], '')
  return samples[nullable.name] ?? 'x'
}

/** The same operation with its arguments written out. */
export const writtenOut = ({ operation, field, variables }: TextInput, text: string): string => {
  const root = supergraph.getRootType(operation as never) as GraphQLObjectType
  const { args, type } = root.getFields()[field]!
  const given = args.flatMap(({ name, type }) => {
    const values = variables(text)
    return name in values ? [`${name}: ${literal(values[name], type)}`] : []
  })
  return `${operation} { ${field}(${given.join(', ')})${selectionOf(getNamedType(type))} }`
}

const literal = (value: unknown, type: GraphQLInputType): string => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return `[${(value as unknown[]).map((each) => literal(each, nullable.ofType)).join(', ')}]`
  if (isEnumType(nullable)) return String(value)
  if (!isInputObjectType(nullable)) return JSON.stringify(value).replace('\uffff', '\\uffff')
  const fields = nullable.getFields()
  const written = Object.entries(value as object).map(([name, each]) => `${name}: ${literal(each, fields[name]!.type)}`)
  return `{ ${written.join(', ')} }`
}
