import { among, ask, type Kind, subgraph } from '../audit.js'

const people = [
  { id: '1', name: 'Ada' },
  { id: '2', name: 'Bo' },
  { id: '3', name: '陈' },
]
const boss: Record<string, string | undefined> = { 1: '2', 2: '3' }
const friends: Record<string, string[]> = { 1: ['2', '3'], 2: ['1'], 3: [] }

/** Entities that refer to each other in circles, through two subgraphs, as deep as the client asks. */
export const circular: Kind = {
  name: 'circles of entities',
  subgraphs: [
    subgraph(
      'people',
      'type Query { me: Person! } type Person @key(fields: "id") { id: ID! name: String! friends: [Person!]! }',
      {
        Query: { me: () => people[0] },
        Person: {
          __resolveReference: among(people),
          friends: ({ id }: { id: string }) => friends[id]?.map((friend) => people.find((each) => each.id === friend)),
        },
      },
    ),
    subgraph('firms', 'type Person @key(fields: "id") { id: ID! boss: Person staff: [Person!]! }', {
      Person: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        boss: ({ id }: { id: string }) => (boss[id] ? { id: boss[id] } : null),
        staff: ({ id }: { id: string }) =>
          Object.keys(boss)
            .filter((each) => boss[each] === id)
            .map((each) => ({ id: each })),
      },
    }),
  ],
  cases: [
    ask(
      'there and back',
      '{ me { name boss { name } } }',
      { me: { name: 'Ada', boss: { name: 'Bo' } } },
      { fetches: { people: 2, firms: 1 } },
    ),
    ask('up until there is none', '{ me { boss { boss { name boss { name } } } } }', {
      me: { boss: { boss: { name: '陈', boss: null } } },
    }),
    ask('in lists', '{ me { friends { name boss { name staff { name } } } } }', {
      me: {
        friends: [
          { name: 'Bo', boss: { name: '陈', staff: [{ name: 'Bo' }] } },
          { name: '陈', boss: null },
        ],
      },
    }),
    ask('back to where it began', '{ me { id boss { staff { id name boss { staff { name } } } } } }', {
      me: { id: '1', boss: { staff: [{ id: '1', name: 'Ada', boss: { staff: [{ name: 'Ada' }] } }] } },
    }),
    ask(
      'by a fragment on every level',
      '{ me { ...P boss { ...P boss { ...P } } } } fragment P on Person { name friends { id boss { name } } }',
      {
        me: {
          name: 'Ada',
          friends: [
            { id: '2', boss: { name: '陈' } },
            { id: '3', boss: null },
          ],
          boss: {
            name: 'Bo',
            friends: [{ id: '1', boss: { name: 'Bo' } }],
            boss: { name: '陈', friends: [] },
          },
        },
      },
    ),
  ],
}
