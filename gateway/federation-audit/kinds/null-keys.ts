import { among, ask, type Kind, subgraph } from '../audit.js'

const shops = [
  { id: '1', upc: null },
  { id: '2', upc: 'u2' },
  { id: '3', upc: 'u3' },
]

/** Keys that are null, entities that are null between others, and entities that the key leads nowhere for. */
export const nullKeys: Kind = {
  name: 'null keys',
  subgraphs: [
    subgraph(
      'shops',
      `type Query { shops: [Shop] holes: [Shop] grid: [[Shop]] maybe(id: ID): Shop }
       type Shop @key(fields: "id") { id: ID }`,
      {
        Query: {
          shops: () => shops.map(({ id }) => ({ id })),
          holes: () => [null, { id: '2' }, null, { id: null }, { id: '3' }],
          grid: () => [[{ id: '2' }, null], null, [], [{ id: '3' }]],
          maybe: (_: unknown, { id }: { id?: string }) => (id === undefined ? null : { id }),
        },
      },
    ),
    subgraph('codes', 'type Shop @key(fields: "id") @key(fields: "upc") { id: ID upc: ID }', {
      Shop: { __resolveReference: ({ id }: { id: string | null }) => shops.find((shop) => shop.id === id) },
    }),
    subgraph('stocks', 'type Shop @key(fields: "upc") { upc: ID stock: Int }', {
      Shop: { __resolveReference: among([{ upc: 'u2', stock: 22 }], 'upc') },
    }),
  ],
  cases: [
    ask('a null key in the middle of the way', '{ shops { id stock } }', {
      shops: [
        { id: '1', stock: null },
        { id: '2', stock: 22 },
        { id: '3', stock: null },
      ],
    }),
    ask('a key that is null is asked for', '{ shops { upc } }', {
      shops: [{ upc: null }, { upc: 'u2' }, { upc: 'u3' }],
    }),
    ask('nulls between entities keep their places', '{ holes { upc } }', {
      holes: [null, { upc: 'u2' }, null, { upc: null }, { upc: 'u3' }],
    }),
    ask('nulls between entities, two steps on', '{ holes { stock } }', {
      holes: [null, { stock: 22 }, null, { stock: null }, { stock: null }],
    }),
    ask('in lists of lists', '{ grid { stock id } }', {
      grid: [[{ stock: 22, id: '2' }, null], null, [], [{ stock: null, id: '3' }]],
    }),
    ask('only nulls', '{ maybe { stock } }', { maybe: null }, { fetches: { shops: 1 } }),
    ask('one entity with a null key', '{ maybe(id: null) { id upc } }', { maybe: { id: null, upc: null } }),
  ],
}
