import { among, ask, type Kind, rootAmong, subgraph, subgraphOfOldKind } from '../audit.js'

const tools = [
  { id: '1', name: '锤', rating: 5 },
  { id: '2', name: 'Saw', rating: 1 },
]

/** Subgraphs of the first federation: `extend`, `@extends`, and external keys, beside one of the second. */
export const federationOne: Kind = {
  name: 'federation 1: extend and @external',
  subgraphs: [
    subgraphOfOldKind(
      'tools',
      'type Query { tool(id: ID!): Tool } type Tool @key(fields: "id") { id: ID! name: String rating: Int }',
      {
        Query: { tool: rootAmong(tools) },
        Tool: { __resolveReference: among(tools) },
      },
    ),
    subgraphOfOldKind(
      'tests',
      `extend type Query { tested: [Tool] liked: Tool @provides(fields: "name") }
       extend type Tool @key(fields: "id") { id: ID! @external name: String @external rating: Int @external verdict: String @requires(fields: "rating") }`,
      {
        Query: { tested: () => [{ id: '2' }, null, { id: '1' }], liked: () => ({ id: '1', name: '锤 (tests)' }) },
        Tool: {
          __resolveReference: (tool: object) => tool,
          verdict: ({ rating }: { rating: number }) => (rating > 3 ? 'good' : 'bad'),
        },
      },
    ),
    subgraphOfOldKind('rent', 'type Tool @extends @key(fields: "id") { id: ID! @external rent: Int }', {
      Tool: { __resolveReference: among([{ id: '1', rent: 9 }]) },
    }),
    subgraph('photos', 'extend type Tool @key(fields: "id") { id: ID! photos: [String!]! }', {
      Tool: { __resolveReference: ({ id }: { id: string }) => ({ id, photos: [`${id}.png`] }) },
    }),
  ],
  cases: [
    ask('all four', '{ tool(id: 1) { name verdict rent photos } }', {
      tool: { name: '锤', verdict: 'good', rent: 9, photos: ['1.png'] },
    }),
    ask('from the one that extends', '{ tested { name verdict rent } }', {
      tested: [{ name: 'Saw', verdict: 'bad', rent: null }, null, { name: '锤', verdict: 'good', rent: 9 }],
    }),
    ask('what it provides', '{ liked { name } }', { liked: { name: '锤 (tests)' } }, { fetches: { tests: 1 } }),
    ask(
      'an external key needs no other',
      '{ tested { id } }',
      { tested: [{ id: '2' }, null, { id: '1' }] },
      { fetches: { tests: 1 } },
    ),
    ask('what it provides, and the rest', '{ liked { id name rent verdict } }', {
      liked: { id: '1', name: '锤 (tests)', rent: 9, verdict: 'good' },
    }),
  ],
}
