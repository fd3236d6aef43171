import { among, ask, type Kind, subgraph } from '../audit.js'

const trees = [
  { id: '1', kind: 'oak' },
  { id: '2', kind: '松' },
]

/** A subgraph that cannot be reached: each field that waits for it is told of, everything else is answered. */
export const subgraphDown: Kind = {
  name: 'a subgraph that is down',
  subgraphs: [
    subgraph(
      'trees',
      'type Query { trees: [Tree] tree: Tree! park: Park mixed: [Plant] } type Park { best: Tree! } union Plant = Tree | Grass type Grass { blades: Int } type Tree @key(fields: "id") { id: ID! kind: String }',
      {
        Query: {
          trees: () => [trees[0], null, trees[1]],
          tree: () => trees[0],
          park: () => ({ best: trees[1] }),
          mixed: () => [
            { __typename: 'Grass' },
            { __typename: 'Tree', ...trees[0] },
            null,
            { __typename: 'Tree', ...trees[1] },
          ],
        },
        Tree: { __resolveReference: among(trees) },
      },
    ),
    {
      ...subgraph(
        'heights',
        'type Query { tallest: Tree total: Int! } type Tree @key(fields: "id") { id: ID! height: Int! age: Int }',
      ),
      isDown: true,
    },
    subgraph(
      'shade',
      'type Tree @key(fields: "id") { id: ID! age: Int @external rings: Int @requires(fields: "age") birds: [String!] }',
      {
        Tree: {
          __resolveReference: (tree: object) => tree,
          rings: ({ age }: { age: number }) => age,
          birds: () => ['🐦'],
        },
      },
    ),
  ],
  cases: [
    ask(
      'entities',
      '{ trees { kind age } }',
      { trees: [{ kind: 'oak', age: null }, null, { kind: '松', age: null }] },
      {
        errors: ['UNAVAILABLE trees.0.age', 'UNAVAILABLE trees.2.age'],
      },
    ),
    ask(
      'what it promised',
      '{ park { best { kind height } } }',
      { park: null },
      { errors: ['UNAVAILABLE park.best.height'] },
    ),
    ask(
      'at the root',
      '{ tallest { id kind } tree { kind } }',
      { tallest: null, tree: { kind: 'oak' } },
      { errors: ['UNAVAILABLE tallest'] },
    ),
    ask('at the root, promised', '{ total tree { kind } }', null, { errors: ['UNAVAILABLE total'] }),
    ask(
      'others at the same place',
      '{ tree { birds b: age kind } }',
      { tree: { birds: ['🐦'], b: null, kind: 'oak' } },
      { errors: ['UNAVAILABLE tree.b'] },
    ),
    ask(
      'who needs it is not asked',
      '{ tree { rings birds } }',
      { tree: { rings: null, birds: ['🐦'] } },
      { errors: ['UNAVAILABLE tree'] },
    ),
    ask('who does not need it', '{ tree { birds } }', { tree: { birds: ['🐦'] } }),
    ask(
      'entities of one type between others',
      '{ mixed { ... on Tree { kind age } ... on Grass { blades } } }',
      { mixed: [{ blades: null }, { kind: 'oak', age: null }, null, { kind: '松', age: null }] },
      {
        errors: ['UNAVAILABLE mixed.1.age', 'UNAVAILABLE mixed.3.age'],
        stock: {
          because: 'It counts those out that were not asked for, and names the wrong places.',
          data: { mixed: [{ blades: null }, { kind: 'oak', age: null }, null, { kind: '松', age: null }] },
          errors: ['UNAVAILABLE mixed.0.age', 'UNAVAILABLE mixed.1.age'],
        },
      },
    ),
  ],
}
