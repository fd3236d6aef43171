import { among, ask, type Kind, subgraph } from '../audit.js'

const authors = [
  { id: 'a1', name: '鲁迅', country: 'CN' },
  { id: 'a2', name: 'Lem', country: 'PL' },
]

/** References that a subgraph sends only, with `resolvable: false`, alone and beside fields of its own. */
export const nonResolvableKey: Kind = {
  name: 'keys that are not resolvable',
  subgraphs: [
    subgraph(
      'quotes',
      `type Query { quotes: [Quote!]! }
       type Quote { text: String! author: Author }
       type Author @key(fields: "id", resolvable: false) { id: ID! }`,
      {
        Query: {
          quotes: () => [
            { text: '狂人日记', author: { id: 'a1' } },
            { text: 'Solaris', author: { id: 'a2' } },
            { text: '?', author: { id: 'a9' } },
            { text: '!', author: null },
          ],
        },
      },
    ),
    subgraph(
      'authors',
      'type Query { author: Author } type Author @key(fields: "id") { id: ID! name: String! country: String }',
      {
        Query: { author: () => authors[1] },
        Author: { __resolveReference: among(authors) },
      },
    ),
    subgraph(
      'prizes',
      `type Query { laureate: Author }
       type Author @key(fields: "id", resolvable: false) { id: ID! }`,
      { Query: { laureate: () => ({ id: 'a1' }) } },
    ),
  ],
  cases: [
    ask(
      'only the key',
      '{ quotes { author { id } } }',
      {
        quotes: [{ author: { id: 'a1' } }, { author: { id: 'a2' } }, { author: { id: 'a9' } }, { author: null }],
      },
      { fetches: { quotes: 1 } },
    ),
    ask('what the key leads to', '{ quotes { text author { country } } }', {
      quotes: [
        { text: '狂人日记', author: { country: 'CN' } },
        { text: 'Solaris', author: { country: 'PL' } },
        { text: '?', author: { country: null } },
        { text: '!', author: null },
      ],
    }),
    ask('from another sender', '{ laureate { name id } author { id } }', {
      laureate: { name: '鲁迅', id: 'a1' },
      author: { id: 'a2' },
    }),
    ask(
      'a missing author without a name is no author',
      '{ quotes { author { name } } }',
      { quotes: [{ author: { name: '鲁迅' } }, { author: { name: 'Lem' } }, { author: null }, { author: null }] },
      { errors: ['INTERNAL quotes.2.author.name'] },
    ),
  ],
}
