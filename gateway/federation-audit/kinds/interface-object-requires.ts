import { among, ask, type Kind, subgraph } from '../audit.js'

const users = [
  { __typename: 'Admin', id: 'u1', name: 'Ada', age: 40 },
  { __typename: 'Guest', id: 'u2', name: '李', age: 20 },
]
interface User {
  id: string
  name: string
  age?: number
}

/** An interface object with fields that require some of the interface, and chats that lead to it indirectly. */
export const interfaceObjectRequires: Kind = {
  name: '@interfaceObject with @requires, and from afar',
  subgraphs: [
    subgraph(
      'users',
      `type Query { users: [User!]! admins: [Admin] }
       interface User @key(fields: "id") { id: ID! name: String! age: Int }
       type Admin implements User @key(fields: "id") { id: ID! name: String! age: Int rights: [String!] }
       type Guest implements User @key(fields: "id") { id: ID! name: String! age: Int }`,
      {
        Query: { users: () => users, admins: () => [users[0], null] },
        User: { __resolveReference: among(users) },
        Admin: { __resolveReference: among(users), rights: () => ['all'] },
        Guest: { __resolveReference: among(users) },
      },
    ),
    subgraph(
      'names',
      `type User @key(fields: "id") @interfaceObject {
         id: ID! name: String! @external age: Int @external handle: String @requires(fields: "name") card: String @requires(fields: "name age")
       }`,
      {
        User: {
          __resolveReference: (user: User) => user,
          handle: ({ name }: User) => `@${name}`,
          card: ({ name, age }: User) => `${name}, ${age}`,
        },
      },
    ),
    subgraph(
      'chats',
      `type Query { chats: [Chat!]! } type Chat { text: String from: User }
       type User @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
      {
        Query: {
          chats: () => [
            { text: '你好', from: { id: 'u2' } },
            { text: '?', from: null },
            { text: '!', from: { id: 'u9' } },
          ],
        },
      },
    ),
  ],
  cases: [
    ask('of the interface', '{ users { handle } }', { users: [{ handle: '@Ada' }, { handle: '@李' }] }),
    ask('of one type', '{ admins { rights card } }', { admins: [{ rights: ['all'], card: 'Ada, 40' }, null] }),
    ask('in a fragment', '{ users { ... on Guest { card } name } }', {
      users: [{ name: 'Ada' }, { card: '李, 20', name: '李' }],
    }),
    ask('from afar', '{ chats { from { id } text } }', {
      chats: [
        { from: { id: 'u2' }, text: '你好' },
        { from: null, text: '?' },
        { from: { id: 'u9' }, text: '!' },
      ],
    }),
    ask('from afar, through the types, to what requires', '{ chats { from { handle age } } }', {
      chats: [{ from: { handle: '@李', age: 20 } }, { from: null }, { from: { handle: null, age: null } }],
    }),
  ],
}
