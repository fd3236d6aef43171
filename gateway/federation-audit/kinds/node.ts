import { among, ask, type Kind, rootAmong, subgraph } from '../audit.js'

const nodes = [
  { __typename: 'Tree', id: 't' },
  { __typename: 'Bush', id: 'b' },
]

/** The `Node` interface, whose types live each in its own subgraph, while one subgraph answers `node` for all. */
export const node: Kind = {
  name: 'node for all types',
  subgraphs: [
    subgraph(
      'nodes',
      `type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! } interface Node { id: ID! }
       type Tree implements Node @key(fields: "id") { id: ID! } type Bush implements Node @key(fields: "id") { id: ID! }`,
      {
        Query: {
          node: rootAmong(nodes),
          nodes: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => among(nodes)({ id })),
        },
      },
    ),
    subgraph(
      'trees',
      'interface Node { id: ID! } type Tree implements Node @key(fields: "id") { id: ID! height: Int }',
      {
        Tree: { __resolveReference: among([{ id: 't', height: 30 }]) },
      },
    ),
    subgraph('bushes', 'type Bush @key(fields: "id") { id: ID! berries: [String] }', {
      Bush: { __resolveReference: among([{ id: 'b', berries: ['red', null] }]) },
    }),
  ],
  cases: [
    ask(
      'a fragment for its type',
      '{ node(id: "t") { id ... on Tree { height } } }',
      { node: { id: 't', height: 30 } },
      { fetches: { nodes: 1, trees: 1 } },
    ),
    ask(
      'fragments for all types',
      '{ node(id: "b") { ... on Tree { height } ... on Bush { berries } } }',
      { node: { berries: ['red', null] } },
      { fetches: { nodes: 1, bushes: 1 } },
    ),
    ask(
      'a fragment for the other type',
      '{ node(id: "b") { ... on Tree { height } } }',
      { node: {} },
      { fetches: { nodes: 1 } },
    ),
    ask('nothing', '{ node(id: "?") { id ... on Tree { height } } }', { node: null }, { fetches: { nodes: 1 } }),
    ask(
      'many, some twice',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Tree { height } ... on Bush { berries } } }',
      {
        nodes: [
          { __typename: 'Bush', berries: ['red', null] },
          null,
          { __typename: 'Tree', height: 30 },
          { __typename: 'Bush', berries: ['red', null] },
        ],
      },
      { variables: { ids: ['b', '?', 't', 'b'] }, fetches: { nodes: 1, trees: 1, bushes: 1 } },
    ),
  ],
}
