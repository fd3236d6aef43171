import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { dearestFields } from './dearest-fields.js'
import { declaredCostsOf } from './declared-costs.js'

const sdl = `
  type Query { customers(first: Int! = 20): Connection! customer(id: ID!): Customer }
  type Connection { nodes: [Customer!]! totalCount: Int! }
  type Customer { id: ID! name: String friends(first: Int! = 20): Connection! visits(first: Int! = 20): Visits! timeline: [Entry!]! @listSize(assumedSize: 30) }
  type Visits { nodes: [Visit!]! }
  interface Entry { id: ID! }
  type Visit implements Entry { id: ID! purpose: String by: Customer }
  directive @listSize(assumedSize: Int) on FIELD_DEFINITION
`
const schema = buildSchema(sdl)
const dearest = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query)
  const operation = document.definitions[0] as OperationDefinitionNode
  const priced = { document, operation, schema, pageSize: 100, declared: declaredCostsOf(sdl) }
  return dearestFields(priced, variables).map(({ path, cost }) => [path, cost])
}

test.each<[string, string, [string, number][], Record<string, unknown>?]>([
  ['a page is named as a whole', '{ customers(first: 50) { nodes { id name } } }', [['customers.nodes', 102]]],
  [
    'a page within a page, however it is fetched and called',
    `query ($n: Int!) { all: customers(first: 10) { ...Page } }
     fragment Page on Connection { nodes { id ... on Customer { known: friends(first: $n) { nodes { id name } } } } }`,
    [['all.nodes.known.nodes', 10 * 201 + 22]],
    { n: 100 },
  ],
  [
    'several that cost alike, the dearest first',
    '{ customer(id: 1) { id friends(first: 30) { nodes { id } } visits(first: 50) { nodes { id } } timeline { id } } }',
    [
      ['customer.visits', 53],
      ['customer.friends', 33],
      ['customer.timeline', 32],
    ],
  ],
  ['nothing below to name', '{ customer(id: 1) { id name } }', [['customer', 3]]],
])('%s', (_, query, expected, variables) => {
  expect(dearest(query, variables).map(([path]) => path)).toEqual(expected.map(([path]) => path))
})

test('more fields than are priced one by one name the one around them', () => {
  const many = Array.from({ length: 101 }, (_, at) => `f${at}: friends(first: 1) { nodes { id } }`).join(' ')
  expect(dearest(`{ customer(id: 1) { ${many} } }`)).toEqual([['customer', expect.any(Number)]])
})
