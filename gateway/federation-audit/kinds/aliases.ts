import { among, ask, type Kind, refusedName, rootAmong, subgraph } from '../audit.js'

const wines = [
  { __typename: 'Red', id: '1', name: 'Pinot', tannin: 3 },
  { __typename: 'White', id: '2', name: '白', acid: '7 g' },
]

/** Names that clients give, which collide with keys, with fields of other subgraphs, and with each other. */
export const aliases: Kind = {
  name: 'names that collide',
  subgraphs: [
    subgraph(
      'wines',
      `type Query { wine(id: ID!): Wine wines: [Wine!]! red: Red }
       interface Wine { id: ID! name: String }
       type Red implements Wine @key(fields: "id") { id: ID! name: String tannin: Int! cut(to: Int!): String! }
       type White implements Wine @key(fields: "id") { id: ID! name: String acid: String }`,
      {
        Query: { wine: rootAmong(wines), wines: () => wines, red: () => wines[0] },
        Red: { cut: ({ name }: { name: string }, { to }: { to: number }) => name.slice(0, to) },
      },
    ),
    subgraph(
      'cellar',
      `type Red @key(fields: "id") { id: ID! bottles(year: Int): Int place: Place! } type Place { name: String id: Int }
       type White @key(fields: "id") { id: ID! bottles(year: Int): Int }`,
      {
        Red: {
          __resolveReference: among([{ id: '1', place: { name: 'north', id: 5 } }]),
          bottles: (_: unknown, { year = 1 }: { year?: number }) => year * 2,
        },
        White: { __resolveReference: among([{ id: '2' }]), bottles: () => null },
      },
    ),
  ],
  cases: [
    ask('a field under the name of the key', '{ red { id: name bottles } }', null, refusedName),
    ask('a field of the other subgraph under the name of the key', '{ red { id: bottles name } }', null, refusedName),
    ask(
      'a name for the key, and the key for another',
      '{ red { name: id id: bottles bottles: name } }',
      null,
      refusedName,
    ),
    ask(
      'the same field with other arguments',
      '{ red { a: bottles(year: 1) b: bottles(year: 2) bottles c: cut(to: 1) d: cut(to: 2) } }',
      {
        red: { a: 2, b: 4, bottles: 2, c: 'P', d: 'Pi' },
      },
    ),
    ask(
      'names of other types in types that exclude each other',
      '{ wines { ... on Red { x: tannin } ... on White { x: acid } } }',
      null,
      { errors: ['INVALID'] },
    ),
    ask(
      'the same, where the types agree',
      '{ wines { ... on Red { x: bottles } ... on White { x: bottles(year: 3) } } }',
      { wines: [{ x: 2 }, { x: null }] },
    ),
    ask('a name for two fields', '{ red { x: name x: tannin } }', null, { errors: ['INVALID'] }),
    ask('names of root fields', '{ wines: red { id } red: wines { name } }', {
      wines: { id: '1' },
      red: [{ name: 'Pinot' }, { name: '白' }],
    }),
    ask(
      'names that the planner may use',
      '{ red { __typename__alias_0: name id__alias_0: tannin id: name bottles representations: cut(to: 3) } }',
      null,
      refusedName,
    ),
    ask(
      'names that objects have by nature',
      '{ red { constructor: name toString: bottles hasOwnProperty: place { valueOf: name } } }',
      {
        red: { constructor: 'Pinot', toString: 2, hasOwnProperty: { valueOf: 'north' } },
      },
    ),
    ask('one object under names, parts of each', '{ red { p: place { x: id } q: place { x: name } place { id } } }', {
      red: { p: { x: 5 }, q: { x: 'north' }, place: { id: 5 } },
    }),
    ask(
      'the same field in several fragments',
      '{ red { ...A ...B place { name } } } fragment A on Red { place { id } id } fragment B on Wine { id name }',
      {
        red: { place: { id: 5, name: 'north' }, id: '1', name: 'Pinot' },
      },
    ),
    ask('a name from the interface and one from the type', '{ wines { x: name ... on Red { x: name y: bottles } } }', {
      wines: [{ x: 'Pinot', y: 2 }, { x: '白' }],
    }),
    ask('fields named __typename in another place', '{ wine(id: 2) { name: __typename ... on White { bottles } } }', {
      wine: { name: 'White', bottles: null },
    }),
  ],
}
