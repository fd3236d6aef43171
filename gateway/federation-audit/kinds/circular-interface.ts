import { among, ask, type Kind, subgraph } from '../audit.js'

const sets = [
  {
    __typename: 'Set',
    id: 's',
    parts: [
      { __typename: 'Part', id: 'a' },
      { __typename: 'Set', id: 't' },
    ],
  },
  { __typename: 'Set', id: 't', parts: [{ __typename: 'Part', id: 'b' }] },
]
const labels = [
  { id: 's', label: 'all' },
  { id: 't', label: '半' },
  { id: 'a', label: null },
  { id: 'b', label: 'b!' },
]

/** An interface whose fields lead to itself, with parts of its types in another subgraph on each level. */
export const circularInterface: Kind = {
  name: 'circles through an interface',
  subgraphs: [
    subgraph(
      'parts',
      `type Query { all: Item! } interface Item { id: ID! }
       type Set implements Item @key(fields: "id") { id: ID! parts: [Item!]! } type Part implements Item @key(fields: "id") { id: ID! }`,
      {
        Query: { all: () => sets[0] },
        Set: {
          __resolveReference: among(sets),
          parts: ({ id }: { id: string }) => sets.find((set) => set.id === id)?.parts,
        },
      },
    ),
    subgraph(
      'labels',
      `interface Item { id: ID! label: String }
       type Set implements Item @key(fields: "id") { id: ID! label: String } type Part implements Item @key(fields: "id") { id: ID! label: String }`,
      { Set: { __resolveReference: among(labels) }, Part: { __resolveReference: among(labels) } },
    ),
  ],
  cases: [
    ask('one level', '{ all { label ... on Set { parts { label } } } }', {
      all: { label: 'all', parts: [{ label: null }, { label: '半' }] },
    }),
    ask('two levels', '{ all { ... on Set { parts { id ... on Set { label parts { id label } } } } } }', {
      all: { parts: [{ id: 'a' }, { id: 't', label: '半', parts: [{ id: 'b', label: 'b!' }] }] },
    }),
    ask(
      'three levels by one fragment',
      '{ all { ...L ... on Set { parts { ...L ... on Set { parts { ...L ... on Set { id } } } } } } } fragment L on Item { __typename label }',
      {
        all: {
          __typename: 'Set',
          label: 'all',
          parts: [
            { __typename: 'Part', label: null },
            { __typename: 'Set', label: '半', parts: [{ __typename: 'Part', label: 'b!' }] },
          ],
        },
      },
    ),
  ],
}
