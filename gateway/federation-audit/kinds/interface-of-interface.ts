import { among, ask, type Kind, subgraph } from '../audit.js'

const works = [
  { __typename: 'Song', id: '1', title: '茉莉花', bars: 16 },
  { __typename: 'Poem', id: '2', title: null, lines: 4 },
]
const prices = [
  { id: '1', price: 3, taxed: { gross: 4 } },
  { id: '2', price: null, taxed: null },
]

/** Interfaces of interfaces, and payloads of mutations that are one of several types. */
export const interfaceOfInterface: Kind = {
  name: 'interfaces of interfaces, payloads',
  subgraphs: [
    subgraph(
      'works',
      `type Query { works: [Work!]! nodes: [Node!]! } type Mutation { publish(id: ID!): Published }
       interface Node { id: ID! } interface Work implements Node { id: ID! title: String }
       type Song implements Work & Node @key(fields: "id") { id: ID! title: String bars: Int }
       type Poem implements Work & Node @key(fields: "id") { id: ID! title: String lines: Int }
       interface Failure { message: String! } type NotThere implements Failure { message: String! id: ID! }
       union Published = Song | Poem | NotThere`,
      {
        Query: { works: () => works, nodes: () => works },
        Mutation: {
          publish: (_: unknown, { id }: { id: string }) =>
            among(works)({ id }) ?? { __typename: 'NotThere', message: 'no', id },
        },
      },
    ),
    subgraph(
      'prices',
      `interface Priced { price: Int } interface Node { id: ID! } type Taxed { gross: Int }
       type Song implements Priced & Node @key(fields: "id") { id: ID! price: Int taxed: Taxed }
       type Poem implements Priced & Node @key(fields: "id") { id: ID! price: Int taxed: Taxed }`,
      { Song: { __resolveReference: among(prices) }, Poem: { __resolveReference: among(prices) } },
    ),
  ],
  cases: [
    ask('the wider by the narrower', '{ works { ... on Node { id } title } }', {
      works: [
        { id: '1', title: '茉莉花' },
        { id: '2', title: null },
      ],
    }),
    ask('the narrower by the wider', '{ nodes { ... on Work { title ... on Song { bars } } } }', {
      nodes: [{ title: '茉莉花', bars: 16 }, { title: null }],
    }),
    ask('an interface of the other subgraph by the wider', '{ nodes { ... on Priced { price } ... on Work { id } } }', {
      nodes: [
        { price: 3, id: '1' },
        { price: null, id: '2' },
      ],
    }),
    ask(
      'objects below',
      '{ works { ... on Priced { ... on Song { taxed { gross } } ... on Poem { taxed { gross } price } } } }',
      { works: [{ taxed: { gross: 4 } }, { taxed: null, price: null }] },
    ),
    ask(
      'a payload that went well',
      'mutation { publish(id: 1) { __typename ... on Work { title } ... on Priced { price } ... on Failure { message } } }',
      {
        publish: { __typename: 'Song', title: '茉莉花', price: 3 },
      },
    ),
    ask(
      'a payload that did not',
      'mutation { publish(id: 7) { ... on Work { title } ... on Priced { price } ... on Failure { message ... on NotThere { id } } } }',
      {
        publish: { message: 'no', id: '7' },
      },
    ),
    ask(
      'two payloads, one of each',
      'mutation { a: publish(id: 2) { ...P } b: publish(id: 7) { ...P } } fragment P on Published { ... on Poem { lines price } ... on NotThere { message } }',
      {
        a: { lines: 4, price: null },
        b: { message: 'no' },
      },
    ),
  ],
}
