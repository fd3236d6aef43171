import { among, ask, type Kind, subgraph } from '../audit.js'

const trips = [
  { id: 't1', car: { plate: 'B-1' } },
  { id: 't2', car: { plate: 'B-2' } },
  { id: 't3', car: null },
  { id: 't4', car: { plate: 'gone' } },
]
const cars = [
  { plate: 'B-1', power: 50, tank: { litres: 40 } },
  { plate: 'B-2', power: null, tank: null },
]
interface Trip {
  id: string
  car: { power: number | null; tank: { litres: number } | null } | null
}

/** What is required is a field of another entity, which a third subgraph has. Of an entity that is not known it counts as null. */
export const requiresNestedEntity: Kind = {
  name: '@requires through another entity',
  subgraphs: [
    subgraph(
      'trips',
      'type Query { trips: [Trip!]! } type Trip @key(fields: "id") { id: ID! car: Car } type Car @key(fields: "plate") { plate: ID! }',
      { Query: { trips: () => trips }, Trip: { __resolveReference: among(trips) } },
    ),
    subgraph('cars', 'type Car @key(fields: "plate") { plate: ID! power: Int tank: Tank } type Tank { litres: Int }', {
      Car: { __resolveReference: among(cars, 'plate') },
    }),
    subgraph(
      'tolls',
      `type Trip @key(fields: "id") {
         id: ID! car: Car @external toll: Int @requires(fields: "car { power }") stops: String @requires(fields: "car { tank { litres } }")
       }
       type Car @key(fields: "plate") { plate: ID! power: Int @external tank: Tank @external } type Tank { litres: Int @external }`,
      {
        Trip: {
          __resolveReference: (trip: Trip) => trip,
          toll: ({ car }: Trip) => (car?.power ?? -1) * 2,
          stops: ({ car }: Trip) => `${car?.tank?.litres ?? 'no'} litres`,
        },
      },
    ),
  ],
  cases: [
    ask(
      'a field of the other entity',
      '{ trips { id toll } }',
      {
        trips: [
          { id: 't1', toll: 100 },
          { id: 't2', toll: -2 },
          { id: 't3', toll: -2 },
          { id: 't4', toll: -2 },
        ],
      },
      { fetches: { trips: 1, cars: 1, tolls: 1 } },
    ),
    ask('an object of the other entity', '{ trips { stops } }', {
      trips: [{ stops: '40 litres' }, { stops: 'no litres' }, { stops: 'no litres' }, { stops: 'no litres' }],
    }),
    ask('beside the other entity itself', '{ trips { car { sign: plate tank { litres } } toll } }', {
      trips: [
        { car: { sign: 'B-1', tank: { litres: 40 } }, toll: 100 },
        { car: { sign: 'B-2', tank: null }, toll: -2 },
        { car: null, toll: -2 },
        { car: { sign: 'gone', tank: null }, toll: -2 },
      ],
    }),
  ],
}
