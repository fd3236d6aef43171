import { among, ask, type Kind, subgraph } from '../audit.js'

const plays = [
  { id: 'p1', name: 'Nathan', price: 20, seats: 300 },
  { id: 'p2', name: '茶馆', price: 15, seats: null },
]

/** `@include` and `@skip` on fields and fragments, decided by literals, variables and defaults, over two subgraphs. */
export const includeSkip: Kind = {
  name: '@include and @skip',
  subgraphs: [
    subgraph(
      'plays',
      `type Query { plays: [Play] first: Play! } interface Named { name: String }
       type Play implements Named @key(fields: "id") { id: ID! name: String price: Int }`,
      { Query: { plays: () => plays, first: () => plays[0] } },
    ),
    subgraph(
      'halls',
      `type Query { hall: String }
       type Play @key(fields: "id") { id: ID! price: Int @external seats: Int income: Int @requires(fields: "price") }`,
      {
        Query: { hall: () => 'big' },
        Play: {
          __resolveReference: among(plays.map(({ id, seats }) => ({ id, seats }))),
          income: ({ price, seats }: { price: number; seats: number | null }) => seats && price * seats,
        },
      },
    ),
  ],
  cases: [
    ask(
      'included',
      'query ($b: Boolean!) { first { name seats @include(if: $b) } }',
      { first: { name: 'Nathan', seats: 300 } },
      { variables: { b: true } },
    ),
    ask(
      'not included, and not fetched',
      'query ($b: Boolean!) { first { name seats @include(if: $b) } }',
      { first: { name: 'Nathan' } },
      { variables: { b: false }, fetches: { plays: 1 } },
    ),
    ask(
      'skipped by default',
      'query ($b: Boolean = true) { first { name income @skip(if: $b) } }',
      { first: { name: 'Nathan' } },
      { fetches: { plays: 1 } },
    ),
    ask(
      'not skipped, against the default',
      'query ($b: Boolean = true) { first { name income @skip(if: $b) } }',
      { first: { name: 'Nathan', income: 6000 } },
      { variables: { b: false } },
    ),
    ask(
      'a fragment',
      'query ($b: Boolean!) { plays { ...F @include(if: $b) id } } fragment F on Play { name seats }',
      { plays: [{ id: 'p1' }, { id: 'p2' }] },
      { variables: { b: false } },
    ),
    ask(
      'an inline fragment with a field of the other subgraph',
      'query ($b: Boolean!) { plays { ... @include(if: $b) { seats } ... on Named @skip(if: $b) { name } } }',
      { plays: [{ seats: 300 }, { seats: null }] },
      { variables: { b: true } },
    ),
    ask(
      'one inside the other',
      'query ($a: Boolean!, $b: Boolean!) { first @include(if: $a) { id ... @include(if: $b) { income } } }',
      { first: { id: 'p1' } },
      { variables: { a: true, b: false } },
    ),
    ask(
      'both on one field',
      'query ($a: Boolean!, $b: Boolean!) { first { id seats @include(if: $a) @skip(if: $b) } }',
      { first: { id: 'p1' } },
      { variables: { a: true, b: true } },
    ),
    ask(
      'the same field twice, once left out',
      'query ($b: Boolean!) { first { seats @include(if: $b) seats name @skip(if: true) } }',
      { first: { seats: 300 } },
      { variables: { b: false } },
    ),
    ask(
      'nothing left at the root',
      'query ($b: Boolean!) { first @skip(if: $b) { id } hall @skip(if: $b) }',
      {},
      { variables: { b: true }, fetches: {} },
    ),
    ask('nothing left of an object', '{ first { seats @skip(if: true) } }', { first: {} }),
    ask(
      'one of two root fields',
      'query ($b: Boolean!) { first @include(if: $b) { seats } hall }',
      { hall: 'big' },
      { variables: { b: false }, fetches: { halls: 1 } },
    ),
    ask('a condition without a value', 'query ($b: Boolean) { first { name seats @include(if: $b) } }', null, {
      errors: ['INVALID'],
      variables: { b: null },
    }),
  ],
}
