import { readdirSync, readFileSync } from 'node:fs'
import { limits } from '@clientele/contracts'
import { charactersOfCost } from '@clientele/kit'
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
import { declaredCostsOf } from './declared-costs.js'
import { defaultLimits } from './limits.js'
import { plainWeight } from './weight.js'

const sdl = readFileSync(committedSupergraph, 'utf8')
const schema = buildSchema(sdl, { assumeValidSDL: true })
const declared = declaredCostsOf(sdl)

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
    .filter(({ type, field }) => declared.listSize(type.name, field.name) === undefined)
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
    ({ type, field }) => !isPagedAround(type) && declared.listSize(type.name, field.name) === undefined,
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
  return priceOf({ document, operation, schema: asked, pageSize: defaultLimits.pageSize, declared })({})
}
const sized = unpaged.filter(({ type, field }) => declared.listSize(type.name, field.name))

test.each(sized.map(({ place, type, field }) => [place, type.name, field.name] as const))(
  'what is asked of %s costs no less than its longest list has fields',
  (_, type, field) => {
    const size = declared.listSize(type, field)!
    expect(priceOfSelection(type, `${field} { a b }`)).toBeGreaterThanOrEqual(2 * size)
    const element = getNamedType(sized.find((each) => each.type.name === type && each.field.name === field)!.field.type)
    for (const inner of sized.filter((each) => each.type.name === element.name)) {
      const fields = size * declared.listSize(element.name, inner.field.name)!
      expect(priceOfSelection(type, `${field} { ${inner.field.name} { a } }`)).toBeGreaterThanOrEqual(fields)
    }
  },
)

/** Texts and JSON values that say how long they can be. */
const long = Object.values(schema.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) => Object.keys(type.getFields()).map((field) => [type.name, field] as const))
  .flatMap(([type, field]) => {
    const weight = declared.weight(type, field)
    return weight === undefined ? [] : [{ type, field, characters: weight * charactersOfCost }]
  })
const paged = extendSchema(
  schema,
  parse(
    `extend type Query { ${[...new Set(long.map(({ type }) => type))].map((type) => `page${type}(first: Int!): [${type}!]!`).join(' ')} }`,
  ),
)
/** What a full page costs of objects with a text under so many aliases. */
const priceOfTexts = (type: string, field: string, aliases: number) => {
  const texts = Array.from({ length: aliases }, (_, at) => `t${at}: ${field}`).join(' ')
  const document = parse(`{ page${type}(first: ${defaultLimits.pageSize}) { ${texts} } }`)
  const operation = document.definitions[0] as OperationDefinitionNode
  return priceOf({ document, operation, schema: paged, pageSize: defaultLimits.pageSize, declared })({})
}

test('texts as long as a complaint say so', () => {
  expect(long.filter(({ characters }) => characters >= limits.complaintText.most).length).toBeGreaterThan(7)
})

test.each(long)(
  'pages of $type.$field: what is not heavy fits in an answer, what is longer by far is refused',
  ({ type, field, characters }) => {
    for (let aliases = 1; aliases <= defaultLimits.aliases; aliases++) {
      const price = priceOfTexts(type, field, aliases)
      const most = aliases * defaultLimits.pageSize * characters
      if (price <= plainWeight) expect(most).toBeLessThan(defaultLimits.answerCharacters)
      if (price <= defaults.costBudgets.default!) expect(most).toBeLessThan(4 * defaultLimits.answerCharacters)
      if (most > 13 * defaultLimits.answerCharacters) {
        expect(price).toBeGreaterThan(Math.max(...Object.values(defaults.costBudgets)))
      }
    }
  },
)

const samples = new URL('../../samples/', import.meta.url)

test.each(readdirSync(samples).filter((name) => name.endsWith('.graphql')))(
  '%s fits ten times in the least budget and is not heavy',
  (name) => {
    const document = parse(readFileSync(new URL(name, samples), 'utf8'))
    const operation = document.definitions[0] as OperationDefinitionNode
    const price = priceOf({ document, operation, schema, pageSize: defaultLimits.pageSize, declared })({})
    expect(10 * price).toBeLessThan(Math.min(...Object.values(defaults.costBudgets)))
    expect(price).toBeLessThan(plainWeight)
  },
)

test('lists that lead back to themselves are more than any budget after a few turns', () => {
  const nested = (levels: number): string => (levels ? `externalRefs { customer { ${nested(levels - 1)} } }` : 'id')
  expect(priceOfSelection('Customer', nested(1))).toBeLessThan(defaults.costBudgets.default!)
  expect(priceOfSelection('Customer', nested(4))).toBeGreaterThan(Math.max(...Object.values(defaults.costBudgets)))
})
