import { among, ask, type Kind, refusedName, rootAmong, subgraph } from '../audit.js'

const pets = [
  { __typename: 'Cat', id: 'c', lives: 9 },
  { __typename: 'Dog', id: 'd', tricks: ['sit'] },
]

/** `__typename` at the root, of objects, interfaces and unions, and under other names. */
export const typename: Kind = {
  name: '__typename',
  subgraphs: [
    subgraph(
      'pets',
      `type Query { pet(id: ID!): Pet pets: [Pet] either: [CatOrDog!]! cat: Cat! home: Home } type Home { cat: Cat }
       type Mutation { feed: Cat }
       interface Pet { id: ID! } union CatOrDog = Cat | Dog
       type Cat implements Pet @key(fields: "id") { id: ID! lives: Int }
       type Dog implements Pet @key(fields: "id") { id: ID! tricks: [String!] }`,
      {
        Query: {
          pet: rootAmong(pets),
          pets: () => [...pets, null],
          either: () => pets,
          cat: () => pets[0],
          home: () => ({ cat: pets[0] }),
        },
        Mutation: { feed: () => pets[0] },
      },
    ),
    subgraph('owners', 'type Cat @key(fields: "id") { id: ID! owner: String }', {
      Cat: { __resolveReference: among([{ id: 'c', owner: '王' }]) },
    }),
  ],
  cases: [
    ask('of the query', '{ __typename }', { __typename: 'Query' }, { fetches: {} }),
    ask('of the query under two names', '{ a: __typename cat { id } b: __typename }', {
      a: 'Query',
      cat: { id: 'c' },
      b: 'Query',
    }),
    ask(
      'of the query in fragments',
      '{ ... { __typename } ... on Query { q: __typename } ...F } fragment F on Query { f: __typename }',
      {
        __typename: 'Query',
        q: 'Query',
        f: 'Query',
      },
    ),
    ask(
      'of the mutation',
      'mutation { __typename m: __typename }',
      { __typename: 'Mutation', m: 'Mutation' },
      { fetches: {} },
    ),
    ask('of a mutation that does something', 'mutation { __typename feed { __typename owner } }', {
      __typename: 'Mutation',
      feed: { __typename: 'Cat', owner: '王' },
    }),
    ask('of an object', '{ cat { __typename } }', { cat: { __typename: 'Cat' } }),
    ask('of an interface', '{ pet(id: "d") { __typename } pets { t: __typename } }', {
      pet: { __typename: 'Dog' },
      pets: [{ t: 'Cat' }, { t: 'Dog' }, null],
    }),
    ask('of a union, beside another subgraph', '{ either { __typename ... on Cat { kind: __typename owner } } }', {
      either: [{ __typename: 'Cat', kind: 'Cat', owner: '王' }, { __typename: 'Dog' }],
    }),
    ask(
      'under a name that a field has',
      '{ pets { id: __typename ... on Cat { lives: __typename } } }',
      null,
      refusedName,
    ),
    ask('a field under its name', '{ cat { __typename: id } }', null, refusedName),
    ask('a field under its name, within an object', '{ home { cat { __typename: id } } }', null, refusedName),
  ],
}
