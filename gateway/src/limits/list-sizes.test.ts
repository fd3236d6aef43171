import { readdirSync, readFileSync } from 'node:fs'
import {
  buildSchema,
  extendSchema,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { defaults } from '../config.js'
import { committedSupergraph } from '../supergraph/committed-supergraph.js'
import { priceOf } from './cost.js'
import { heavyFrom } from './heavy-requests.js'
import { defaultLimits } from './limits.js'
import { listSizesOf } from './list-sizes.js'

const sdl = readFileSync(committedSupergraph, 'utf8')
const schema = buildSchema(sdl, { assumeValidSDL: true })
const sizeOf = listSizesOf(sdl)

/** Lists of objects that nothing in a request bounds: no page, and no list of ids. */
const unpaged = Object.values(schema.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) || isInterfaceType(type))
  .filter(({ name }) => !/Connection$|^__/.test(name))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, type, field })),
  )
  .filter(({ field }) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)))
  .filter(({ field }) => !field.args.some(({ name, type }) => name === 'first' || isListType(getNullableType(type))))

/** Lists of values whose length no input decides: names of fields and roles, of which a type or a token has few. */
const fewValues = /\.(redactedFields|fields|roles)$/

test('every list of values says how long it can be', () => {
  const silent = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => isListType(getNullableType(field.type)) && !isCompositeType(getNamedType(field.type)))
    .filter(({ type, field }) => sizeOf(type.name, field.name) === undefined)
    .map(({ type, field }) => `${type.name}.${field.name}`)
  expect(silent.filter((place) => !fewValues.test(place))).toEqual([])
})

/** Lists below an object that is itself asked for with `first`. */
const isPagedAround = (type: GraphQLObjectType) =>
  Object.values(schema.getQueryType()!.getFields()).some(
    (field) => getNamedType(field.type) === type && field.args.some(({ name }) => name === 'first'),
  )

test('every list of objects without pages says how long it can be', () => {
  expect(unpaged.length).toBeGreaterThan(20)
  const silent = unpaged.filter(
    ({ type, field }) => !isPagedAround(type) && sizeOf(type.name, field.name) === undefined,
  )
  expect(silent.map(({ place }) => place)).toEqual([])
})

/** Asks for an object of any type, as if there were a query for each. */
const asked = extendSchema(
  schema,
  parse(
    `extend type Query { ${unpaged
      .map(({ type }) => type.name)
      .filter((name, i, all) => all.indexOf(name) === i)
      .map((name) => `any${name}: ${name}`)
      .join(' ')} }`,
  ),
)
const priceOfSelection = (type: string, selection: string) => {
  const document = parse(type === 'Query' ? `{ ${selection} }` : `{ any${type} { ${selection} } }`)
  const operation = document.definitions[0] as OperationDefinitionNode
  return priceOf({ document, operation, schema: asked, pageSize: defaultLimits.pageSize, listSizes: sizeOf })({})
}
const declared = unpaged.filter(({ type, field }) => sizeOf(type.name, field.name))

test.each(declared.map(({ place, type, field }) => [place, type.name, field.name] as const))(
  'what is asked of %s costs no less than its longest list has fields',
  (_, type, field) => {
    const size = sizeOf(type, field)!
    expect(priceOfSelection(type, `${field} { a b }`)).toBeGreaterThanOrEqual(2 * size)
    const element = getNamedType(
      declared.find((each) => each.type.name === type && each.field.name === field)!.field.type,
    )
    for (const inner of declared.filter((each) => each.type.name === element.name)) {
      const fields = size * sizeOf(element.name, inner.field.name)!
      expect(priceOfSelection(type, `${field} { ${inner.field.name} { a } }`)).toBeGreaterThanOrEqual(fields)
    }
  },
)

const samples = new URL('../../samples/', import.meta.url)

test.each(readdirSync(samples).filter((name) => name.endsWith('.graphql')))(
  '%s fits ten times in the least budget and is not heavy',
  (name) => {
    const document = parse(readFileSync(new URL(name, samples), 'utf8'))
    const operation = document.definitions[0] as OperationDefinitionNode
    const price = priceOf({ document, operation, schema, pageSize: defaultLimits.pageSize, listSizes: sizeOf })({})
    expect(10 * price).toBeLessThan(Math.min(...Object.values(defaults.costBudgets)))
    expect(price).toBeLessThan(heavyFrom.cost)
  },
)

test('lists that lead back to themselves are more than any budget after a few turns', () => {
  const nested = (levels: number): string => (levels ? `externalRefs { customer { ${nested(levels - 1)} } }` : 'id')
  expect(priceOfSelection('Customer', nested(1))).toBeLessThan(defaults.costBudgets.default!)
  expect(priceOfSelection('Customer', nested(4))).toBeGreaterThan(Math.max(...Object.values(defaults.costBudgets)))
})
