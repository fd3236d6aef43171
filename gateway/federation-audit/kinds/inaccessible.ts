import { among, ask, type Kind, subgraph } from '../audit.js'

const cases = [
  { id: 'c1', secret: 's1', kind: 'HIDDEN', note: 'n' },
  { id: 'c2', secret: 's2', kind: 'OPEN', note: null },
]

/** What clients do not see, and subgraphs need: a key, a required field, a value of an enum, a member of a union. */
export const inaccessible: Kind = {
  name: '@inaccessible',
  subgraphs: [
    subgraph(
      'files',
      `type Query { files: [File!]! kinds: [Kind] search(kind: Kind = OPEN, deep: Boolean = true @inaccessible): [String!]! any: [Thing] }
       enum Kind { OPEN CLOSED HIDDEN @inaccessible }
       type File @key(fields: "id secret") { id: ID! secret: String! @inaccessible kind: Kind note: String @inaccessible }
       type Spy @inaccessible { id: ID! }
       union Thing = File | Spy`,
      {
        Query: {
          files: () => cases,
          kinds: () => ['OPEN', 'HIDDEN', 'CLOSED'],
          search: (_: unknown, { kind, deep }: object & { kind?: string; deep?: boolean }) => [`${kind} ${deep}`],
          any: () => [
            { __typename: 'File', ...cases[0] },
            { __typename: 'Spy', id: '007' },
          ],
        },
        File: { __resolveReference: among(cases) },
      },
    ),
    subgraph(
      'guards',
      `type File @key(fields: "id secret") {
         id: ID! secret: String! @inaccessible note: String @external
         guard: String summary: String @requires(fields: "note")
       }`,
      {
        File: {
          __resolveReference: (file: { secret: string }) => ({ ...file, guard: `guard of ${file.secret}` }),
          summary: ({ note }: { note: string | null }) => `note: ${note}`,
        },
      },
    ),
  ],
  cases: [
    ask('a hidden key leads on', '{ files { id guard } }', {
      files: [
        { id: 'c1', guard: 'guard of s1' },
        { id: 'c2', guard: 'guard of s2' },
      ],
    }),
    ask('what is required may be hidden', '{ files { summary } }', {
      files: [{ summary: 'note: n' }, { summary: 'note: null' }],
    }),
    ask('a hidden field cannot be asked for', '{ files { secret } }', null, { errors: ['INVALID'] }),
    ask(
      'a hidden value of an enum is null',
      '{ files { kind } }',
      { files: [{ kind: null }, { kind: 'OPEN' }] },
      { errors: ['INTERNAL files.0.kind'] },
    ),
    ask('a hidden value in a list', '{ kinds }', { kinds: ['OPEN', null, 'CLOSED'] }, { errors: ['INTERNAL kinds.1'] }),
    ask('a hidden value cannot be sent', '{ search(kind: HIDDEN) }', null, { errors: ['INVALID'] }),
    ask('nor by a variable', 'query ($k: Kind) { search(kind: $k) }', null, {
      errors: ['INVALID'],
      variables: { k: 'HIDDEN' },
    }),
    ask('a hidden argument has its default', '{ search }', { search: ['OPEN true'] }),
    ask(
      'an object of a hidden type is null',
      '{ any { ... on File { id } } }',
      { any: [{ id: 'c1' }, null] },
      { errors: ['INTERNAL any.1'] },
    ),
    ask(
      'and does not tell its name',
      '{ any { __typename } }',
      { any: [{ __typename: 'File' }, null] },
      { errors: ['INTERNAL any.1'] },
    ),
  ],
}
