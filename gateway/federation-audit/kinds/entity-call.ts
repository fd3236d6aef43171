import { among, ask, type Kind, rootAmong, subgraph } from '../audit.js'

const books = [
  { id: '1', title: '红楼梦' },
  { id: '2', title: 'Faust' },
  { id: '9', title: 'Lost 😿' },
]
const copies = [
  { id: '1', shelf: 'A1', copies: 3 },
  { id: '2', shelf: 'B2', copies: 0 },
]

/** One entity, of which a second subgraph knows more. */
export const entityCall: Kind = {
  name: 'entity call',
  subgraphs: [
    subgraph(
      'titles',
      `type Query { book(id: ID!): Book books: [Book!]! none: [Book!] nobody: Book }
       type Book @key(fields: "id") { id: ID! title: String! }`,
      {
        Query: { book: rootAmong(books), books: () => books, none: () => [], nobody: () => null },
        Book: { __resolveReference: among(books) },
      },
    ),
    subgraph('shelves', 'type Book @key(fields: "id") { id: ID! shelf: String copies: Int }', {
      Book: { __resolveReference: among(copies) },
    }),
  ],
  cases: [
    ask(
      'both subgraphs',
      '{ book(id: 1) { title shelf } }',
      { book: { title: '红楼梦', shelf: 'A1' } },
      { fetches: { titles: 1, shelves: 1 } },
    ),
    ask(
      'only the second',
      '{ book(id: 2) { copies } }',
      { book: { copies: 0 } },
      { fetches: { titles: 1, shelves: 1 } },
    ),
    ask('only the first', '{ book(id: 2) { id } }', { book: { id: '2' } }, { fetches: { titles: 1 } }),
    ask(
      'a list, with an entity that the second does not know',
      '{ books { title copies shelf } }',
      {
        books: [
          { title: '红楼梦', copies: 3, shelf: 'A1' },
          { title: 'Faust', copies: 0, shelf: 'B2' },
          { title: 'Lost 😿', copies: null, shelf: null },
        ],
      },
      { fetches: { titles: 1, shelves: 1 } },
    ),
    ask('an empty list needs no second call', '{ none { copies } }', { none: [] }, { fetches: { titles: 1 } }),
    ask('a null needs no second call', '{ nobody { id copies } }', { nobody: null }, { fetches: { titles: 1 } }),
    ask('the same entity under two names', '{ a: book(id: 1) { shelf } b: book(id: 1) { copies } }', {
      a: { shelf: 'A1' },
      b: { copies: 3 },
    }),
    ask('an entity that nobody has', '{ book(id: "猫") { title shelf } }', { book: null }, { fetches: { titles: 1 } }),
  ],
}
