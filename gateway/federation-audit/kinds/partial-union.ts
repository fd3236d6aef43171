import { among, ask, type Kind, subgraph } from '../audit.js'

const film = { __typename: 'Film', id: 'f', title: 'M' }
const book = { __typename: 'Book', id: 'b', title: '家' }

/** A union of which each subgraph knows other members. */
export const partialUnion: Kind = {
  name: 'unions known in part',
  subgraphs: [
    subgraph(
      'films',
      `type Query { shelf: [Media] one: Media @shareable } union Media = Film | Book
       type Film @key(fields: "id") { id: ID! title: String @shareable } type Book @key(fields: "id") { id: ID! }
       type Box @key(fields: "id") { id: ID! content: Media @shareable }`,
      {
        Query: { shelf: () => [film, { __typename: 'Book', id: 'b' }, null], one: () => film },
        Box: { __resolveReference: ({ id }: object & { id: string }) => ({ id, content: film }) },
        Film: { __resolveReference: () => film },
      },
    ),
    subgraph(
      'books',
      `type Query { song: Media box: Box } union Media = Book | Song
       type Book @key(fields: "id") { id: ID! title: String } type Song { title: String bars: Int }
       type Box @key(fields: "id") { id: ID! label: String }`,
      {
        Query: { song: () => ({ __typename: 'Song', title: 'Lied', bars: 8 }), box: () => ({ id: 'x', label: 'X' }) },
        Book: { __resolveReference: among([book]) },
      },
    ),
    subgraph(
      'film',
      'type Query { one: Media @shareable } union Media = Film type Film @key(fields: "id") { id: ID! title: String @shareable year: Int }',
      {
        Query: { one: () => film },
        Film: { __resolveReference: () => film, year: () => 1931 },
      },
    ),
  ],
  cases: [
    ask(
      'fields of all members',
      '{ shelf { ... on Film { title year } ... on Book { title } ... on Song { bars } } }',
      {
        shelf: [{ title: 'M', year: 1931 }, { title: '家' }, null],
      },
    ),
    ask('only of a member that the subgraph does not know', '{ shelf { ... on Song { bars } } }', {
      shelf: [{}, {}, null],
    }),
    ask('a member of the other subgraph', '{ song { __typename ... on Song { title } ... on Film { title } } }', {
      song: { __typename: 'Song', title: 'Lied' },
    }),
    ask('a root field that both have', '{ one { ... on Film { year title } ... on Book { title } } }', {
      one: { year: 1931, title: 'M' },
    }),
    ask('by the way of an entity', '{ box { label content { ... on Film { year } } } }', {
      box: { label: 'X', content: { year: 1931 } },
    }),
    ask('only type names', '{ shelf { __typename } box { content { __typename } } }', {
      shelf: [{ __typename: 'Film' }, { __typename: 'Book' }, null],
      box: { content: { __typename: 'Film' } },
    }),
    ask(
      'in fragments of fragments',
      '{ shelf { ...A } } fragment A on Media { ...B ...C } fragment B on Book { title } fragment C on Film { ... on Media { ... on Film { t: title } } }',
      {
        shelf: [{ t: 'M' }, { title: '家' }, null],
      },
    ),
  ],
}
