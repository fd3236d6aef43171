import { among, ask, type Kind, subgraph } from '../audit.js'

const hall = { id: 'h', name: '大厅' }

/** Root types that a subgraph calls otherwise, and objects that lead back to the root. */
export const renamedRoots: Kind = {
  name: 'renamed and nested roots',
  subgraphs: [
    subgraph(
      'reading',
      `schema { query: Reading mutation: Writing }
       type Reading { hall: Hall } type Writing { rename(name: String!): Renamed! }
       type Renamed { hall: Hall! query: Reading! } type Hall @key(fields: "id") { id: ID! name: String }`,
      {
        Reading: { hall: () => hall },
        Writing: { rename: (_: unknown, { name }: { name: string }) => ({ hall: { ...hall, name }, query: {} }) },
        Hall: { __resolveReference: () => hall },
      },
    ),
    subgraph(
      'usual',
      `type Query { seats: Int clock(zone: String): String } type Hall @key(fields: "id") { id: ID! query: Query seats: Int }`,
      {
        Query: { seats: () => 7, clock: (_: unknown, { zone = 'UTC' }: { zone?: string }) => `noon in ${zone}` },
        Hall: { __resolveReference: among([{ id: 'h', seats: 300, query: {} }]) },
      },
    ),
  ],
  cases: [
    ask('the usual names for clients', '{ __typename hall { name __typename } }', {
      __typename: 'Query',
      hall: { name: '大厅', __typename: 'Hall' },
    }),
    ask('fields of both roots', '{ seats hall { seats } }', { seats: 7, hall: { seats: 300 } }),
    ask(
      'the root below a mutation, with a field of the other subgraph',
      'mutation { rename(name: "B") { hall { name seats } query { __typename seats hall { name } } } }',
      {
        rename: { hall: { name: 'B', seats: 300 }, query: { __typename: 'Query', seats: 7, hall: { name: '大厅' } } },
      },
    ),
    ask(
      'the root below an entity',
      'query ($z: String) { hall { query { clock(zone: $z) hall { query { seats } } } } }',
      {
        hall: { query: { clock: 'noon in 北京', hall: { query: { seats: 7 } } } },
      },
      {
        variables: { z: '北京' },
        both: {
          because: 'The planner writes `... on Query` to a subgraph that calls it otherwise, which refuses it.',
          data: { hall: { query: { clock: 'noon in 北京', hall: null } } },
          errors: ['INTERNAL hall.query.hall'],
        },
      },
    ),
    ask('names of the subgraph are not those of clients', '{ ... on Reading { hall { id } } }', null, {
      errors: ['INVALID'],
    }),
  ],
}
