import { randomUUID } from 'node:crypto'
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

/** Values for arguments by their name, and ids of entities by their type. */
export interface Samples {
  values: Readonly<Record<string, unknown>>
  ids: ReadonlyMap<string, string>
}

/** An operation that asks one root field. */
export interface Operation {
  field: string
  query: string
}

const scalars: Record<string, unknown> = {
  ID: () => randomUUID(),
  String: 'x',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-11-01T08:00:00Z',
  Date: '1990-01-02',
  Decimal: '1',
  PreciseDecimal: '7.5',
  CountryCode: 'CN',
  CurrencyCode: 'CNY',
  EmailAddress: 'a@example.com',
  PhoneNumber: '+8613800138000',
  JSON: {},
}

/** A query's operations: one for what its type holds itself, and one for each field that leads to another type. */
export const queryOperations = (field: GraphQLField<unknown, unknown>, samples: Samples): Operation[] => {
  const type = getNamedType(field.type)
  const ask = (selection: string) => ({
    field: field.name,
    query: `{ ${field.name}${argumentsOf(field, samples)} ${selection} }`,
  })
  if (isLeafType(type)) return [ask('')]
  const shallow = ask(selectionOf(type as GraphQLOutputType, samples, 0))
  const node = nodeOf(type)
  if (!isObjectType(node)) return [shallow]
  const wrap = (selection: string) => (node === type ? selection : `{ __typename nodes ${selection} }`)
  const deep = Object.values(node.getFields())
    .filter((each) => !isLeafType(getNamedType(each.type)))
    .map((each) => ask(wrap(`{ __typename ${leafNames(node)} ${fieldText(each, samples, 3, [node.name])} }`)))
  return [shallow, ...deep]
}

/** A mutation with no more than what it requires. */
export const mutationOperation = (field: GraphQLField<unknown, unknown>, samples: Samples): Operation => {
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
  return { field: field.name, query: `mutation { ${field.name}${argumentsOf(field, samples)} ${selection} }` }
}

const nodeOf = (type: unknown) => {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return type
  return getNamedType(type.getFields().nodes!.type)
}

const leafNames = (type: GraphQLObjectType) => (type.getFields().id ? 'id' : '')

const selectionOf = (
  type: GraphQLOutputType,
  samples: Samples,
  depth: number,
  above: readonly string[] = [],
): string => {
  const named = getNamedType(type)
  if (isLeafType(named)) return ''
  if (isAbstractType(named) || !isObjectType(named)) return '{ __typename id }'
  if (named.name.endsWith('Connection')) {
    return `{ __typename totalCount nodes ${selectionOf(named.getFields().nodes!.type, samples, depth, above)} }`
  }
  const texts = Object.values(named.getFields()).map((field) =>
    fieldText(field, samples, depth, [...above, named.name]),
  )
  return `{ __typename ${texts.join(' ')} }`
}

const fieldText = (
  field: GraphQLField<unknown, unknown>,
  samples: Samples,
  depth: number,
  above: readonly string[],
) => {
  const type = getNamedType(field.type)
  const isLeaf = isLeafType(type)
  const target = nodeOf(type) as { name: string }
  if (!isLeaf && (depth < 1 || above.includes(target.name))) return ''
  return `${field.name}${argumentsOf(field, samples)} ${isLeaf ? '' : selectionOf(type as GraphQLOutputType, samples, depth - 1, above)}`
}

const argumentsOf = (field: GraphQLField<unknown, unknown>, samples: Samples) => {
  const args = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === 'first')
  if (!args.length) return ''
  const of = getNamedType(field.type).name
  return `(${args.map((arg) => `${arg.name}: ${argumentText(arg, of, samples)}`).join(', ')})`
}

const argumentText = (arg: GraphQLArgument, of: string, samples: Samples) => {
  if (arg.name === 'first') return '4'
  if (arg.name === 'id' && samples.ids.has(of)) return JSON.stringify(samples.ids.get(of))
  return valueText(arg.type, arg.name, samples)
}

const valueText = (type: GraphQLInputType, name: string, samples: Samples): string => {
  if (isNonNullType(type)) return valueText(type.ofType, name, samples)
  if (isListType(type)) return `[${valueText(type.ofType, name, samples)}]`
  if (isEnumType(type)) return type.getValues()[0]!.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField)
    return `{ ${fields.map((field) => `${field.name}: ${valueText(field.type, field.name, samples)}`).join(', ')} }`
  }
  const scalar = (type as { name: string }).name
  const named = samples.values[name]
  // The number of a customer is a text, and others count.
  const fits = scalar !== 'Int' || typeof named === 'number'
  const given = (fits ? named : undefined) ?? scalars[scalar]
  if (given === undefined) throw new Error(`no sample for ${scalar} ${name}`)
  return JSON.stringify(typeof given === 'function' ? given() : given)
}
