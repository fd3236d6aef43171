import { buildSchema, type OperationDefinitionNode, parse, validate } from 'graphql'
import { priceOf } from './cost.js'
import { declaredCostsOf } from './declared-costs.js'

const sdl = `
  type Query {
    customer(id: ID!): Customer
    customers(first: Int! = 20, after: String): Connection!
    customersById(ids: [ID!]!): [Customer]!
    recent(last: Int = 5): [Customer!]!
    search(filter: Filter, first: Int!): Connection!
  }
  input Filter { kind: String }
  type Connection { nodes: [Customer!]! edges: [Edge!]! pageInfo: PageInfo! totalCount: Int! }
  type Edge { cursor: String! node: Customer! }
  type PageInfo { hasNextPage: Boolean! }
  type Customer { id: ID! name: String tags: [String!]! lines: [String!]! @listSize(assumedSize: 6) points: [Point!]! phones: [Point!] @listSize(assumedSize: 50) friends(first: Int! = 20): Connection! story: String @cost(weight: 100) stories: [String!]! @cost(weight: 100) @listSize(assumedSize: 3) entries: [Entry!]! }
  type Point { x: Int y: Int }
  interface Entry { id: ID! }
  type Visit implements Entry { id: ID! status: String }
  type Mail implements Entry { id: ID! subject: String }
  directive @listSize(assumedSize: Int) on FIELD_DEFINITION
  directive @cost(weight: Int!) on FIELD_DEFINITION
`
const schema = buildSchema(sdl)

const cost = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query)
  expect(validate(schema, document).map(({ message }) => message)).toEqual([])
  const operation = document.definitions[0] as OperationDefinitionNode
  return priceOf({ document, operation, schema, pageSize: 100, declared: declaredCostsOf(sdl) })(variables)
}

test.each<[string, number, string, Record<string, unknown>?]>([
  ['fields', 3, '{ customer(id: 1) { id name } }'],
  ['__typename is free', 1, '{ customer(id: 1) { __typename } }'],
  [
    'a page',
    1 + 1 + 5 * 2 + 1 + 1 + 1,
    '{ customers(first: 5) { nodes { id name } totalCount pageInfo { hasNextPage } } }',
  ],
  ['a page of the usual size', 1 + 1 + 20, '{ customers { nodes { id } } }'],
  ['a page by edges', 1 + 1 + 5 * (1 + 1 + 1), '{ customers(first: 5) { edges { cursor node { id } } } }'],
  ['an empty page', 2, '{ customers(first: 0) { nodes { id } } }'],
  ['pages multiply', 2 + 10 * (2 + 10), '{ customers(first: 10) { nodes { friends(first: 10) { nodes { id } } } } }'],
  ['a list without a size counts as ten', 2 + 10 * 2, '{ customer(id: 1) { points { x y } } }'],
  ['a list with a declared size', 2 + 50 * 2, '{ customer(id: 1) { phones { x y } } }'],
  ['a list of values is one', 2, '{ customer(id: 1) { tags } }'],
  ['a list of values with a declared size', 2 + 6, '{ customer(id: 1) { lines } }'],
  ['a long text', 1 + 100, '{ customer(id: 1) { story } }'],
  ['a long text of each in a page, twice', 2 + 5 * 200, '{ customers(first: 5) { nodes { a: story b: story } } }'],
  ['a list of long texts', 1 + 1 + 3 * 100, '{ customer(id: 1) { stories } }'],
  ['a long key of each in a page', 2 + 5 * (1 + 4), `{ customers(first: 5) { nodes { ${'k'.repeat(2_000)}: id } } }`],
  ['a page does not reach below its entries', 2 + 3 * (1 + 10), '{ customers(first: 3) { nodes { points { x } } } }'],
  ['a list of ids', 1 + 3, '{ customersById(ids: [1, 2, 3]) { id } }'],
  ['a list of ids in a variable', 1 + 4, 'query ($i: [ID!]!) { customersById(ids: $i) { id } }', { i: [1, 2, 3, 4] }],
  ['last', 1 + 7, '{ recent(last: 7) { id } }'],
  ['a variable', 2 + 8, 'query ($n: Int!) { customers(first: $n) { nodes { id } } }', { n: 8 }],
  ['its default', 2 + 9, 'query ($n: Int! = 9) { customers(first: $n) { nodes { id } } }'],
  [
    'a variable of a wrong kind: the most',
    102,
    'query ($n: Int!) { customers(first: $n) { nodes { id } } }',
    { n: '8' },
  ],
  [
    'a fragment counts where it is spread',
    2 + 2 * 2,
    '{ a: customer(id: 1) { ...F } b: customer(id: 2) { ...F } } fragment F on Customer { id name }',
  ],
  [
    'alternatives all count',
    2 + 10 * 3,
    '{ customer(id: 1) { entries { id ... on Visit { status } ... on Mail { subject } } } }',
  ],
  ['what is skipped counts', 3, 'query ($s: Boolean!) { customer(id: 1) { id name @skip(if: $s) } }', { s: true }],
])('%s: %i', (_, expected, query, ...[variables]) => expect(cost(query, variables)).toBe(expected))

test.each<[string, Record<string, unknown>?]>([
  ['{ customers(first: 101) { totalCount } }'],
  ['{ customers(first: -1) { totalCount } }'],
  ['{ recent(last: 101) { id } }'],
  ['query ($n: Int!) { customers(first: $n) { totalCount } }', { n: 1_000_000 }],
  ['query ($n: Int! = 500) { customers(first: $n) { totalCount } }'],
])('%s asks for too large a page', (query, ...[variables]) => {
  expect(() => cost(query, variables)).toThrow(expect.objectContaining({ code: 'INVALID', reason: 'page.size' }))
})
