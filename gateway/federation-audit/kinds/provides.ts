import { among, ask, type Kind, rootAmong, subgraph } from '../audit.js'

const songs = [
  { id: '1', title: 'Lied', length: 100, singer: { id: 's1', name: 'Ada' } },
  { id: '2', title: '歌', length: 200, singer: null },
]
const told = (from: string) => songs.map((song) => ({ ...song, title: `${song.title} (${from})` }))

/** A field that can be had of its owner, and on some ways of another subgraph: each says from where it comes. */
export const provides: Kind = {
  name: '@provides',
  subgraphs: [
    subgraph(
      'songs',
      `type Query { song(id: ID!): Song }
       type Song @key(fields: "id") { id: ID! title: String @shareable length: Int @shareable singer: Singer @shareable }
       type Singer @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
      {
        Query: { song: rootAmong(told('songs')) },
        Song: { __resolveReference: among(told('songs')) },
        Singer: { __resolveReference: among([{ id: 's1', name: 'Ada (songs)', age: 40 }]) },
      },
    ),
    subgraph(
      'charts',
      `type Query { best: Song @provides(fields: "title") last: Song top: [Song] @provides(fields: "title singer { name }") }
       type Song @key(fields: "id") { id: ID! title: String @external singer: Singer @external place: Int }
       type Singer @key(fields: "id") { id: ID! name: String @external }`,
      {
        Query: {
          best: () => ({ ...told('charts')[0], place: 1 }),
          last: () => ({ id: '2', place: 99 }),
          top: () => [...told('charts').map((song, n) => ({ ...song, place: n + 1 })), null],
        },
        Song: { __resolveReference: ({ id }: { id: string }) => ({ id, place: Number(id) }) },
      },
    ),
  ],
  cases: [
    ask(
      'on the way that provides',
      '{ best { title place } }',
      { best: { title: 'Lied (charts)', place: 1 } },
      { fetches: { charts: 1 } },
    ),
    ask(
      'on a way that does not',
      '{ last { title place } }',
      { last: { title: '歌 (songs)', place: 99 } },
      { fetches: { charts: 1, songs: 1 } },
    ),
    ask('by the owner', '{ song(id: 1) { title place } }', { song: { title: 'Lied (songs)', place: 1 } }),
    ask(
      'beside what is not provided',
      '{ best { title length } }',
      { best: { title: 'Lied (charts)', length: 100 } },
      { fetches: { charts: 1, songs: 1 } },
    ),
    ask(
      'within an entity that is provided',
      '{ top { title singer { name } } }',
      {
        top: [{ title: 'Lied (charts)', singer: { name: 'Ada' } }, { title: '歌 (charts)', singer: null }, null],
      },
      { fetches: { charts: 1 } },
    ),
    ask(
      'within such an entity, and beside',
      '{ top { singer { name age } } }',
      {
        top: [{ singer: { name: 'Ada', age: 40 } }, { singer: null }, null],
      },
      { fetches: { charts: 1, songs: 1 } },
    ),
    ask('both ways at once', '{ best { title } last { title } }', {
      best: { title: 'Lied (charts)' },
      last: { title: '歌 (songs)' },
    }),
  ],
}
