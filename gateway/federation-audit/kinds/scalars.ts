import { ask, type Kind, subgraph } from '../audit.js'

const bag = { list: [1, 'zwei', null, { __typename: 'Thing', drei: 3 }], empty: {}, 中: '文' }
const row = {
  id: '👩‍👩‍👧 "\\',
  big: 2_147_483_647,
  small: -0.5,
  whole: 3,
  bag,
  day: '2024-02-29',
  long: 'x'.repeat(100_000),
}

/** Values of all kinds pass as they are: scalars of our own, long texts, odd letters in keys, numbers at their limits. */
export const scalars: Kind = {
  name: 'scalars',
  subgraphs: [
    subgraph(
      'rows',
      'scalar Bag scalar Day type Query { row: Row bags: [Bag] } type Row @key(fields: "id") { id: ID! big: Int small: Float whole: Float bag: Bag day: Day long: String }',
      {
        Query: { row: () => row, bags: () => [bag, 1, 'a', null, [[]], false] },
      },
    ),
    subgraph(
      'shadows',
      'scalar Bag type Row @key(fields: "id") { id: ID! bag: Bag @external shadow: Bag @requires(fields: "bag") mirror: ID keys: [ID!] }',
      {
        Row: {
          __resolveReference: (row: { id: string; bag?: object }) => row,
          shadow: ({ bag }: { bag: object }) => ({ of: bag }),
          mirror: ({ id }: { id: string }) => id,
          keys: ({ id }: { id: string }) => [id, '', '0'],
        },
      },
    ),
  ],
  cases: [
    ask('of our own', '{ row { bag day } }', { row: { bag, day: '2024-02-29' } }),
    ask('lists of them', '{ bags }', { bags: [bag, 1, 'a', null, [[]], false] }),
    ask('required by another subgraph', '{ row { shadow } }', { row: { shadow: { of: bag } } }),
    ask('numbers', '{ row { big small whole } }', { row: { big: 2_147_483_647, small: -0.5, whole: 3 } }),
    ask('odd letters in a key', '{ row { mirror keys } }', {
      row: { mirror: '👩‍👩‍👧 "\\', keys: ['👩‍👩‍👧 "\\', '', '0'] },
    }),
    ask('a long text', '{ row { long mirror } }', { row: { long: 'x'.repeat(100_000), mirror: '👩‍👩‍👧 "\\' } }),
  ],
}
