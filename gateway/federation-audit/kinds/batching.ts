import { ask, type Kind, subgraph } from '../audit.js'

const ids = ['1', '2', '2', '9', '1']
const many = 2_500

/** One call for all entities at a place, be they doubles, of several types, unknown, failing or very many. */
export const batching: Kind = {
  name: 'batches of entities',
  subgraphs: [
    subgraph(
      'lists',
      `type Query { doubles: [Part!]! mixed: [Thing] many: [Part!]! nested: [[[Part]]] pairs: [Pair!]! }
       union Thing = Part | Tool type Pair { a: Part b: Part }
       type Part @key(fields: "id") { id: ID! } type Tool @key(fields: "id") { id: ID! }`,
      {
        Query: {
          doubles: () => ids.map((id) => ({ id })),
          mixed: () => [...ids.map((id, n) => ({ __typename: n % 2 ? 'Tool' : 'Part', id })), null],
          many: () => Array.from({ length: many }, (_, n) => ({ id: `${n}` })),
          nested: () => [
            [[{ id: '1' }, null], []],
            [null, [{ id: '2' }, { id: '1' }]],
          ],
          pairs: () => [
            { a: { id: '1' }, b: { id: '2' } },
            { a: null, b: { id: '1' } },
          ],
        },
      },
    ),
    subgraph(
      'details',
      `type Part @key(fields: "id") { id: ID! size: Int odd: String tool: Tool } type Tool @key(fields: "id") { id: ID! size: Int }`,
      {
        Part: {
          __resolveReference: ({ id }: { id: string }) =>
            id === '9' ? null : { id, size: Number(id) * 10, tool: { id: '7' } },
          odd: ({ id }: { id: string }) => {
            if (id === '2') throw new Error('odd')
            return id
          },
        },
        Tool: {
          __resolveReference: async ({ id }: { id: string }) => {
            if (id === '9') throw new Error('No tool at 10.0.0.9')
            return { id, size: Number(id) }
          },
        },
      },
    ),
    subgraph('names', 'type Tool @key(fields: "id") { id: ID! name: String }', {
      Tool: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `tool ${id}` }) },
    }),
  ],
  cases: [
    ask(
      'doubles',
      '{ doubles { size } }',
      { doubles: [{ size: 10 }, { size: 20 }, { size: 20 }, { size: null }, { size: 10 }] },
      { fetches: { lists: 1, details: 1 } },
    ),
    ask(
      'a field that fails for some',
      '{ doubles { odd } }',
      { doubles: [{ odd: '1' }, { odd: null }, { odd: null }, { odd: null }, { odd: '1' }] },
      { errors: ['INTERNAL doubles.1.odd', 'INTERNAL doubles.2.odd'] },
    ),
    ask(
      'of several types at once, one of which fails',
      '{ mixed { ... on Part { size } ... on Tool { id size } } }',
      {
        mixed: [{ size: 10 }, { id: '2', size: 2 }, { size: 20 }, { id: '9', size: null }, { size: 10 }, null],
      },
      { errors: ['INTERNAL mixed.3'] },
    ),
    ask(
      'of two types, one by one way and one by another',
      '{ mixed { ... on Part { size tool { name } } ... on Tool { name } } }',
      {
        mixed: [
          { size: 10, tool: { name: 'tool 7' } },
          { name: 'tool 2' },
          { size: 20, tool: { name: 'tool 7' } },
          { name: 'tool 9' },
          { size: 10, tool: { name: 'tool 7' } },
          null,
        ],
      },
    ),
    ask(
      'very many',
      '{ many { size } }',
      { many: Array.from({ length: many }, (_, n) => (n === 9 ? { size: null } : { size: n * 10 })) },
      { fetches: { lists: 1, details: 1 } },
    ),
    ask(
      'in lists of lists of lists',
      '{ nested { size } }',
      {
        nested: [
          [[{ size: 10 }, null], []],
          [null, [{ size: 20 }, { size: 10 }]],
        ],
      },
      { fetches: { lists: 1, details: 1 } },
    ),
    ask('of two places', '{ pairs { a { size } b { size } } }', {
      pairs: [
        { a: { size: 10 }, b: { size: 20 } },
        { a: null, b: { size: 10 } },
      ],
    }),
  ],
}
