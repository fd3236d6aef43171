import { among, ask, type Kind, subgraph } from '../audit.js'

const meters = [
  { id: '1', value: 10 },
  { id: '2', value: 20 },
]

/** What is required cannot be had: its subgraph fails, or does not know the entity. */
export const requiresMissing: Kind = {
  name: '@requires of what is not there',
  subgraphs: [
    subgraph('meters', 'type Query { meters: [Meter!]! } type Meter @key(fields: "id") { id: ID! place: String }', {
      Query: { meters: () => ['1', '2', '3'].map((id) => ({ id, place: `flat ${id}` })) },
    }),
    subgraph('values', 'type Meter @key(fields: "id") { id: ID! value: Int! state: String mood: String }', {
      Meter: {
        __resolveReference: among(meters),
        state: ({ id }: { id: string }) => {
          if (id === '2') throw new Error('connect ECONNREFUSED 10.0.0.7')
          return 'fine'
        },
        mood: () => {
          throw new Error('boom')
        },
      },
    }),
    subgraph(
      'bills',
      `type Meter @key(fields: "id") {
         id: ID! value: Int! @external state: String @external
         bill: Int @requires(fields: "value") report: String! @requires(fields: "state")
       }`,
      {
        Meter: {
          __resolveReference: (meter: object) => meter,
          bill: ({ value }: { value: number }) => value * 3,
          report: ({ state }: { state: string | null }) => `It is ${state}`,
        },
      },
    ),
  ],
  cases: [
    ask('an entity that is not known', '{ meters { place bill } }', {
      meters: [
        { place: 'flat 1', bill: 30 },
        { place: 'flat 2', bill: 60 },
        { place: 'flat 3', bill: null },
      ],
    }),
    ask(
      'a field that fails is null for who requires it, beside the client who asks for it',
      '{ meters { state bill } }',
      {
        meters: [
          { state: 'fine', bill: 30 },
          { state: null, bill: 60 },
          { state: null, bill: null },
        ],
      },
      { errors: ['INTERNAL meters.1.state'] },
    ),
    ask('a promised field of an entity that is not known', '{ meters { value } }', null, {
      errors: ['INTERNAL meters.2.value'],
    }),
    ask(
      'a field that fails altogether',
      '{ meters { id mood } }',
      {
        meters: [
          { id: '1', mood: null },
          { id: '2', mood: null },
          { id: '3', mood: null },
        ],
      },
      { errors: ['INTERNAL meters.0.mood', 'INTERNAL meters.1.mood'] },
    ),
  ],
}
