import { among, ask, type Kind, subgraph } from '../audit.js'

const boats = [
  { __typename: 'Canoe', id: 'c', seats: 2 },
  { __typename: 'Yacht', id: 'y', seats: 8 },
]
const told = [
  { __typename: 'Canoe', id: 'c', colour: 'red', paddles: 2 },
  { __typename: 'Yacht', id: 'y', colour: null, mast: { metres: 12 } },
]

/** An interface that is an entity by its own key, with all its types in both subgraphs. */
export const interfaceKey: Kind = {
  name: 'interfaces with a key',
  subgraphs: [
    subgraph(
      'boats',
      `type Query { boats: [Boat] } interface Boat @key(fields: "id") { id: ID! seats: Int }
       type Canoe implements Boat @key(fields: "id") { id: ID! seats: Int } type Yacht implements Boat @key(fields: "id") { id: ID! seats: Int }`,
      {
        Query: { boats: () => [...boats, null] },
        Boat: { __resolveReference: among(boats) },
        Canoe: { __resolveReference: among(boats) },
        Yacht: { __resolveReference: among(boats) },
      },
    ),
    subgraph(
      'looks',
      `type Query { looks: [Boat!] } interface Boat @key(fields: "id") { id: ID! colour: String } type Mast { metres: Int }
       type Canoe implements Boat @key(fields: "id") { id: ID! colour: String paddles: Int } type Yacht implements Boat @key(fields: "id") { id: ID! colour: String mast: Mast }`,
      {
        Query: { looks: () => told },
        Boat: { __resolveReference: among(told) },
        Canoe: { __resolveReference: among(told) },
        Yacht: { __resolveReference: among(told) },
      },
    ),
  ],
  cases: [
    ask('a field of the interface', '{ boats { seats colour } }', {
      boats: [{ seats: 2, colour: 'red' }, { seats: 8, colour: null }, null],
    }),
    ask('fields of its types', '{ boats { id ... on Canoe { paddles } ... on Yacht { mast { metres } } } }', {
      boats: [{ id: 'c', paddles: 2 }, { id: 'y', mast: { metres: 12 } }, null],
    }),
    ask('from the other subgraph', '{ looks { __typename seats } }', {
      looks: [
        { __typename: 'Canoe', seats: 2 },
        { __typename: 'Yacht', seats: 8 },
      ],
    }),
    ask('of one type only, under other names', '{ looks { ... on Yacht { s: seats m: mast { metres } } } }', {
      looks: [{}, { s: 8, m: { metres: 12 } }],
    }),
  ],
}
