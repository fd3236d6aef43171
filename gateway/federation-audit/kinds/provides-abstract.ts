import { among, ask, type Kind, subgraph } from '../audit.js'

const rows = [
  { __typename: 'Film', id: '1', title: 'Metropolis', minutes: 150 },
  { __typename: 'Game', id: '2', title: '围棋', players: 2 },
]
const told = (from: string) => rows.map((row) => ({ ...row, title: `${row.title} (${from})` }))

/** A union's or an interface's types have fields that are provided for some of them only. */
export const providesAbstract: Kind = {
  name: '@provides on unions and interfaces',
  subgraphs: [
    subgraph(
      'fair',
      `type Query {
         stands: [Stand] @provides(fields: "... on Film { title }")
         items: [Item] @provides(fields: "... on Game { title }")
         bare: [Stand]
       }
       union Stand = Film | Game interface Item { id: ID! title: String }
       type Film implements Item @key(fields: "id") { id: ID! title: String @external }
       type Game implements Item @key(fields: "id") { id: ID! title: String @external }`,
      {
        Query: {
          stands: () => told('fair'),
          items: () => [...told('fair'), null],
          bare: () => rows.map(({ __typename, id }) => ({ __typename, id })),
        },
      },
    ),
    subgraph(
      'archive',
      `interface Item { id: ID! title: String }
       type Film implements Item @key(fields: "id") { id: ID! title: String @shareable minutes: Int }
       type Game implements Item @key(fields: "id") { id: ID! title: String @shareable players: Int }`,
      { Film: { __resolveReference: among(told('archive')) }, Game: { __resolveReference: among(told('archive')) } },
    ),
  ],
  cases: [
    ask(
      'only what is provided',
      '{ stands { ... on Film { title } } }',
      { stands: [{ title: 'Metropolis (fair)' }, {}] },
      { fetches: { fair: 1 } },
    ),
    ask(
      'one type provided, one not',
      '{ stands { ... on Film { title } ... on Game { title } } }',
      {
        stands: [{ title: 'Metropolis (fair)' }, { title: '围棋 (archive)' }],
      },
      { fetches: { fair: 1, archive: 1 } },
    ),
    ask(
      'an interface, the other type provided',
      '{ items { __typename ... on Game { title players } ... on Film { title } } }',
      {
        items: [
          { __typename: 'Film', title: 'Metropolis (archive)' },
          { __typename: 'Game', title: '围棋 (fair)', players: 2 },
          null,
        ],
      },
    ),
    ask('the field of the interface', '{ items { id title } }', {
      items: [{ id: '1', title: 'Metropolis (archive)' }, { id: '2', title: '围棋 (fair)' }, null],
    }),
    ask('nothing provided', '{ bare { ... on Item { title } } }', {
      bare: [{ title: 'Metropolis (archive)' }, { title: '围棋 (archive)' }],
    }),
  ],
}
