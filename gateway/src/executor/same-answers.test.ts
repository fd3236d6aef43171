import { differences } from '../../fixture/executor/differences.js'
import { type Rivals, startRivals } from '../../fixture/executor/rivals.js'
import type { Scenario } from '../../fixture/executor/scenario.js'

let rivals: Rivals
beforeAll(async () => {
  rivals = await startRivals()
})
afterAll(() => rivals.close())

const introspection = '{ __schema { queryType { name } } product(id: 1) { id } __type(name: "Product") { name } }'
const conditions = `query ($a: Boolean!, $b: Boolean = true) {
  product(id: 3) @include(if: $a) { id rating @skip(if: $b) ...More @include(if: $b) }
  warehouses @skip(if: $a) { id name }
} fragment More on Product { stock { count @skip(if: $a) updated } t: __typename }`

/** Awkward ones, each with the seeds that it is asked with. */
const operations: [string, string, object?, Partial<Scenario>?][] = [
  ['only a type name', '{ __typename t: __typename }'],
  ['nothing that is left after its conditions', '{ product(id: 1) @skip(if: true) { id } }'],
  [
    'names that every object inherits',
    '{ constructor: product(id: 1) { toString: sku hasOwnProperty: rating valueOf: shipping } }',
  ],
  [
    'such names that are not there',
    '{ constructor: product(id: 1) { toString: shipping valueOf: stock { count } } }',
    {},
    { down: { inventory: 'refuses', catalog: 'silent' } },
  ],
  ['a name that no object can have', '{ __proto__: product(id: 1) { __proto__: rating id } }'],
  ['introspection', introspection],
  [
    'introspection in a fragment',
    'query { ...Root } fragment Root on Query { __type(name: "Kind") { enumValues { name } } me { id } }',
  ],
  ['conditions, with', conditions, { a: true }],
  ['conditions, without', conditions, { a: false, b: false }],
  ['a condition without a value', conditions, {}],
  ['a condition that is null', conditions, { a: true, b: null }],
  ['a variable of the wrong type', 'query ($id: ID!) { product(id: $id) { id } }', { id: [1] }],
  ['a missing variable', 'query ($id: ID!) { product(id: $id) { id } }'],
  [
    'a variable of a name that the planner uses',
    'query ($representations: Boolean) { product(id: 1) { id shipping(express: $representations) } }',
    { representations: true },
  ],
  ['a variable that is null', 'query ($n: Int) { product(id: 1) { related(first: $n) { id rating } } }', { n: null }],
  [
    'a variable with a default',
    'query ($n: Int = 2) { product(id: 1) { related(first: $n) { id reviews(first: $n) { id } } } }',
  ],
  [
    'lists and objects of which each subgraph gives a part',
    '{ products(first: 5) { parts { label colour amount } box { size { length breadth } parts { amount colour } } } }',
  ],
  ['what is required of a value object', '{ products { fits shipping(express: false) } }'],
  [
    'a nested key, and a null in it',
    '{ strictProducts { maker { founded head { name } products { maker { founded } } } } }',
  ],
  ['entities by two keys', '{ warehouses { keeper { id name written { author { name age } } } } }'],
  [
    'an interface object',
    '{ liked { id likes title ... on Book { pages writer { name } } } mediaList { likes fans { name } } }',
  ],
  [
    'an interface and its implementations',
    '{ node(id: 2) { id ... on Product { rating } ... on Book { title reviews { body } } } }',
  ],
  ['lists of lists', '{ pair { ... on Product { rating tags } ... on Review { body author { age } } } }'],
  ['an enum value that clients do not see', '{ products(first: 5) { kind } }'],
  ['a scalar of our own', '{ products(first: 5) { cost } }'],
  ['root fields below an object', '{ shelf { query { me { name } product(id: 2) { rating } shelf { label } } } }'],
  [
    'mutations of several subgraphs, in order',
    'mutation { a: addProduct(input: { name: "客户 😀" }) { id rating } restock(id: 1, by: 2) { name keeper { name } } b: renameProduct(id: 2) { id stock { count } } writeReview(product: 1, body: "") { id author { name } } }',
  ],
  [
    'a mutation of a subgraph that is down',
    'mutation { addProduct(input: { name: "x" }) { id } restock(id: 1, by: 2) { name } }',
    {},
    { down: { inventory: 'throws' } },
  ],
  ['an unknown field', '{ product(id: 1) { nope } }'],
  ['several operations', 'query A { me { id } } query B { me { name } }'],
]

test.each(operations)('%s', async (_, query, variables = {}, scenario = {}) => {
  for (let seed = 1; seed <= 6; seed++) {
    const stock = await rivals.ask('stock', query, variables, { ...scenario, seed })
    const ours = await rivals.ask('compiled', query, variables, { ...scenario, seed })
    expect(differences(stock, ours)).toEqual([])
  }
})

test('all combinations of many conditions', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const fields = names.map((name) => `${name}: product(id: 1) @include(if: $${name}) { id stock { count } }`)
  const query = `query (${names.map((name) => `$${name}: Boolean!`)}) { ${fields.join(' ')} }`
  for (let bits = 0; bits < 64; bits += 3) {
    const variables = Object.fromEntries(names.map((name, index) => [name, ((bits >> index) & 1) === 1]))
    const stock = await rivals.ask('stock', query, variables, {})
    const ours = await rivals.ask('compiled', query, variables, {})
    expect(differences(stock, ours)).toEqual([])
  }
})
