import { among, ask, type Kind, refusedName, rootAmong, subgraph } from '../audit.js'

const persons = [
  { id: '1', email: 'ada@x.de', passport: 'P1' },
  { id: '2', email: 'wei@x.cn', passport: 'P2' },
]

/** Subgraphs that know the same entity by different keys, so that a third has to say which key goes with which. */
export const severalKeys: Kind = {
  name: 'several keys',
  subgraphs: [
    subgraph(
      'accounts',
      'type Query { account(id: ID!): Person } type Person @key(fields: "id") { id: ID! since: Int }',
      {
        Query: { account: (_: unknown, { id }: { id: string }) => ({ id, since: 2020 + Number(id) }) },
        Person: { __resolveReference: ({ id }: { id: string }) => ({ id, since: 2020 + Number(id) }) },
      },
    ),
    subgraph(
      'register',
      `type Query { register: [Person!]! }
       type Person @key(fields: "id") @key(fields: "email") @key(fields: "passport") { id: ID! email: String! passport: ID! }`,
      {
        Query: { register: () => persons },
        Person: { __resolveReference: among(persons, 'id', 'email', 'passport') as never },
      },
    ),
    subgraph(
      'mail',
      'type Query { sender(email: String!): Person } type Person @key(fields: "email") { email: String! unread: Int }',
      {
        Query: { sender: rootAmong([{ email: 'wei@x.cn' }, { email: 'who@x.org' }], 'email') },
        Person: {
          __resolveReference: among(
            [
              { email: 'ada@x.de', unread: 4 },
              { email: 'wei@x.cn', unread: 0 },
            ],
            'email',
          ),
        },
      },
    ),
    subgraph('borders', 'type Person @key(fields: "passport") { passport: ID! crossings: [String!] }', {
      Person: {
        __resolveReference: among(
          [
            { passport: 'P1', crossings: ['FR', 'CH'] },
            { passport: 'P2', crossings: [] },
          ],
          'passport',
        ),
      },
    }),
  ],
  cases: [
    ask(
      'each by its own key',
      '{ register { since unread crossings } }',
      {
        register: [
          { since: 2021, unread: 4, crossings: ['FR', 'CH'] },
          { since: 2022, unread: 0, crossings: [] },
        ],
      },
      { fetches: { register: 1, accounts: 1, mail: 1, borders: 1 } },
    ),
    ask(
      'from one key to another by the register',
      '{ account(id: 1) { unread } }',
      { account: { unread: 4 } },
      { fetches: { accounts: 1, register: 1, mail: 1 } },
    ),
    ask('the other way round', '{ sender(email: "wei@x.cn") { since crossings } }', {
      sender: { since: 2022, crossings: [] },
    }),
    ask('nobody in between who knows', '{ sender(email: "who@x.org") { unread since crossings } }', {
      sender: { unread: null, since: null, crossings: null },
    }),
    ask('the first key that is known', '{ account(id: 2) { email passport id } }', {
      account: { email: 'wei@x.cn', passport: 'P2', id: '2' },
    }),
    ask(
      'keys under names of each other',
      '{ account(id: 2) { passport: email email: id id: passport crossings } }',
      null,
      refusedName,
    ),
  ],
}
