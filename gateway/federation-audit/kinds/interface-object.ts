import { among, ask, type Kind, subgraph } from '../audit.js'

const items = [
  { __typename: 'Ring', id: '1', name: 'Gold', carat: 18 },
  { __typename: 'Watch', id: '2', name: '表', wheels: 7 },
]
const notes = [
  { id: '1', score: 5, remarks: [{ text: 'nice', item: { id: '2' } }] },
  { id: '2', score: null, remarks: [] },
]

/** A subgraph that adds fields to all types of an interface without knowing them. */
export const interfaceObject: Kind = {
  name: '@interfaceObject',
  subgraphs: [
    subgraph(
      'items',
      `type Query { items: [Item] rings: [Ring!] }
       interface Item @key(fields: "id") { id: ID! name: String }
       type Ring implements Item @key(fields: "id") { id: ID! name: String carat: Int }
       type Watch implements Item @key(fields: "id") { id: ID! name: String wheels: Int }`,
      {
        Query: { items: () => [...items, null], rings: () => [items[0]] },
        Item: { __resolveReference: among(items) },
        Ring: { __resolveReference: among(items) },
        Watch: { __resolveReference: among(items) },
      },
    ),
    subgraph(
      'notes',
      `type Query { noted: [Item!]! best: Item }
       type Item @key(fields: "id") @interfaceObject { id: ID! score: Int remarks: [Remark!]! } type Remark { text: String item: Item }`,
      {
        Query: { noted: () => notes, best: () => notes[1] },
        Item: {
          __resolveReference: among(notes),
          remarks: ({ id }: { id: string }) => notes.find((note) => note.id === id)?.remarks,
        },
      },
    ),
  ],
  cases: [
    ask('an added field', '{ items { name score } }', {
      items: [{ name: 'Gold', score: 5 }, { name: '表', score: null }, null],
    }),
    ask('an added field of one type', '{ rings { carat score } }', { rings: [{ carat: 18, score: 5 }] }),
    ask(
      'an added field within a fragment',
      '{ items { ... on Watch { wheels remarks { text } } ... on Ring { score } } }',
      {
        items: [{ score: 5 }, { wheels: 7, remarks: [] }, null],
      },
    ),
    ask('from the subgraph that knows no types', '{ noted { score name } }', {
      noted: [
        { score: 5, name: 'Gold' },
        { score: null, name: '表' },
      ],
    }),
    ask('types from the subgraph that knows them', '{ noted { __typename id } }', {
      noted: [
        { __typename: 'Ring', id: '1' },
        { __typename: 'Watch', id: '2' },
      ],
    }),
    ask(
      'fragments from the subgraph that knows no types',
      '{ best { ... on Watch { wheels } ... on Ring { carat } score } }',
      { best: { wheels: 7, score: null } },
    ),
    ask('only added fields', '{ best { score id } }', { best: { score: null, id: '2' } }, { fetches: { notes: 1 } }),
    ask('there and back again', '{ rings { remarks { item { name __typename remarks { text } } } } }', {
      rings: [{ remarks: [{ item: { name: '表', __typename: 'Watch', remarks: [] } }] }],
    }),
    ask('a type name under another name', '{ noted { kind: __typename score } }', {
      noted: [
        { kind: 'Ring', score: 5 },
        { kind: 'Watch', score: null },
      ],
    }),
  ],
}
