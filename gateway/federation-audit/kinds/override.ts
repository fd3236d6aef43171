import { among, ask, type Kind, subgraph } from '../audit.js'

const rows = [{ id: '1' }, { id: '2' }]
const from = (name: string) => () => name

/** Fields that moved to another subgraph: from one that still has them, and from one that is gone. */
export const override: Kind = {
  name: '@override',
  subgraphs: [
    subgraph(
      'old',
      `type Query { items: [Item!]! stamp: String! @shareable motto: String }
       type Item @key(fields: "id") { id: ID! name: String owner: String price: Int }`,
      {
        Query: { items: () => rows, stamp: from('old'), motto: from('old') },
        Item: { __resolveReference: among(rows), name: from('old'), owner: from('old'), price: () => 1 },
      },
    ),
    subgraph(
      'new',
      `type Query { motto: String @override(from: "old") fresh: Item }
       type Item @key(fields: "id") {
         id: ID! name: String @override(from: "old") label: String @requires(fields: "price") price: Int @external
         age: Int @override(from: "closed long ago")
       }`,
      {
        Query: { motto: from('new'), fresh: () => rows[1] },
        Item: {
          __resolveReference: (item: object) => item,
          name: from('new'),
          label: ({ price }: { price: number }) => `costs ${price}`,
          age: () => 9,
        },
      },
    ),
    subgraph('newest', 'type Item @key(fields: "id") { id: ID! owner: String @override(from: "old") }', {
      Item: { __resolveReference: among(rows), owner: from('newest') },
    }),
  ],
  cases: [
    ask(
      'of an entity',
      '{ items { name } }',
      { items: [{ name: 'new' }, { name: 'new' }] },
      { fetches: { old: 1, new: 1 } },
    ),
    ask('two of them, by different subgraphs', '{ items { owner name price } }', {
      items: [
        { owner: 'newest', name: 'new', price: 1 },
        { owner: 'newest', name: 'new', price: 1 },
      ],
    }),
    ask('at the root', '{ motto stamp }', { motto: 'new', stamp: 'old' }, { fetches: { old: 1, new: 1 } }),
    ask('of a subgraph that is gone', '{ fresh { age } }', { fresh: { age: 9 } }, { fetches: { new: 1 } }),
    ask('beside what is required of the old one', '{ fresh { name label owner } }', {
      fresh: { name: 'new', label: 'costs 1', owner: 'newest' },
    }),
  ],
}
