import { among, ask, type Kind, rootAmong, subgraph } from '../audit.js'

const staff = [
  { __typename: 'Nurse', id: 'n1', name: 'Ada', ward: 3 },
  { __typename: 'Doctor', id: 'd1', name: '王', field: 'heart' },
  { __typename: 'Doctor', id: 'd2', name: null, field: null },
]
const roster = [
  { id: 'n1', hours: 40, shifts: [{ day: 'Mo' }] },
  { id: 'd1', hours: 60, shifts: [] },
]

/** An interface whose types are entities: what it promises lies in another subgraph than the query. */
export const interfaces: Kind = {
  name: 'interfaces of entities',
  subgraphs: [
    subgraph(
      'staff',
      `type Query { person(id: ID!): Person people: [Person] nurse: Nurse ward: Ward }
       interface Person { id: ID! name: String }
       type Nurse implements Person @key(fields: "id") { id: ID! name: String ward: Int }
       type Doctor implements Person @key(fields: "id") { id: ID! name: String field: String }
       type Ward { head: Person! all: [[Person!]] }`,
      {
        Query: {
          person: rootAmong(staff),
          people: () => [...staff, null],
          nurse: () => staff[0],
          ward: () => ({ head: staff[1], all: [[staff[0], staff[2]], null, []] }),
        },
        Nurse: { __resolveReference: among(staff) },
        Doctor: { __resolveReference: among(staff) },
      },
    ),
    subgraph(
      'roster',
      `interface Person { id: ID! hours: Int shifts: [Shift!] } type Shift { day: String who: Person }
       type Nurse implements Person @key(fields: "id") { id: ID! hours: Int shifts: [Shift!] }
       type Doctor implements Person @key(fields: "id") { id: ID! hours: Int shifts: [Shift!] onCall: Boolean }`,
      {
        Shift: { who: () => ({ __typename: 'Doctor', id: 'd1' }) },
        Nurse: { __resolveReference: among(roster) },
        Doctor: { __resolveReference: among(roster), onCall: () => true },
      },
    ),
  ],
  cases: [
    ask('a field of the interface in the other subgraph', '{ people { id hours } }', {
      people: [{ id: 'n1', hours: 40 }, { id: 'd1', hours: 60 }, { id: 'd2', hours: null }, null],
    }),
    ask('one person', '{ person(id: "d1") { name hours } }', { person: { name: '王', hours: 60 } }),
    ask('fields of the types', '{ people { ... on Nurse { ward hours } ... on Doctor { field onCall } } }', {
      people: [{ ward: 3, hours: 40 }, { field: 'heart', onCall: true }, { field: null, onCall: null }, null],
    }),
    ask(
      'a name for different fields of different types',
      '{ people { ... on Nurse { x: name } ... on Doctor { x: field } } }',
      {
        people: [{ x: 'Ada' }, { x: 'heart' }, { x: null }, null],
      },
    ),
    ask('lists of lists', '{ ward { all { name hours } head { hours } } }', {
      ward: {
        all: [
          [
            { name: 'Ada', hours: 40 },
            { name: null, hours: null },
          ],
          null,
          [],
        ],
        head: { hours: 60 },
      },
    }),
    ask(
      'from the second subgraph back to the first',
      '{ person(id: "n1") { shifts { day who { name ... on Doctor { field } } } } }',
      {
        person: { shifts: [{ day: 'Mo', who: { name: '王', field: 'heart' } }] },
      },
    ),
    ask('only fragments, none of which fits', '{ person(id: "n1") { ... on Doctor { hours onCall } } }', {
      person: {},
    }),
    ask('the type name beside fields of the other subgraph', '{ people { hours __typename } }', {
      people: [
        { hours: 40, __typename: 'Nurse' },
        { hours: 60, __typename: 'Doctor' },
        { hours: null, __typename: 'Doctor' },
        null,
      ],
    }),
    ask(
      'the interface of an object, and its own type in that',
      '{ nurse { ... on Person { id ... on Nurse { ward } } } }',
      { nurse: { id: 'n1', ward: 3 } },
      { stock: { because: 'It loses what is narrowed inside a widening fragment.', data: { nurse: { id: 'n1' } } } },
    ),
    ask('the interface of an object, beside its own fields', '{ nurse { ... on Person { name hours } ward } }', {
      nurse: { name: 'Ada', hours: 40, ward: 3 },
    }),
  ],
}
