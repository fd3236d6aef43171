import { among, ask, type Kind, subgraph } from '../audit.js'

const parcels = [
  { id: '1', office: { id: 'o1', region: 'north' }, weight: 5 },
  { id: '2', office: { id: 'o2', region: 'south' }, weight: 7 },
]
const routes = [
  { id: '1', code: 'x1', days: 2 },
  { id: '2', code: 'x2', days: 4 },
]

/** Keys of which one is part of another, some that a subgraph only sends and does not take. */
export const keyMashup: Kind = {
  name: 'mixture of keys',
  subgraphs: [
    subgraph(
      'parcels',
      `type Query { parcels: [Parcel] }
       type Parcel @key(fields: "id") @key(fields: "id office { id region }") { id: ID! office: Office! weight: Int }
       type Office @key(fields: "id") @key(fields: "id region") { id: ID! region: String! }`,
      {
        Query: { parcels: () => parcels },
        Parcel: { __resolveReference: among(parcels) },
        Office: { __resolveReference: (office: object) => office },
      },
    ),
    subgraph(
      'routes',
      `type Parcel @key(fields: "id office { id region }") { id: ID! office: Office! days: Int track: Track }
       type Office @key(fields: "id region") { id: ID! region: String! boss: String }
       type Track @key(fields: "code", resolvable: false) @key(fields: "code days") { code: ID! days: Int! }`,
      {
        Parcel: {
          __resolveReference: (parcel: { id: string; office: { region: string } }) => ({
            ...parcel,
            days: parcel.office.region === 'north' ? 2 : 4,
            track: routes.find(({ id }) => id === parcel.id),
          }),
        },
        Office: {
          boss: ({ region }: { region: string }) => `boss of the ${region}`,
          __resolveReference: (office: object) => office,
        },
        Track: { __resolveReference: among(routes, 'code') as never },
      },
    ),
    subgraph('tracks', 'type Track @key(fields: "code") { code: ID! points: [Point] } type Point { at: String }', {
      Track: { __resolveReference: among([{ code: 'x1', points: [{ at: 'Köln' }, null] }], 'code') as never },
    }),
  ],
  cases: [
    ask('by the longer key', '{ parcels { days } }', { parcels: [{ days: 2 }, { days: 4 }] }),
    ask('the entity in the key by its own longer key', '{ parcels { office { boss } weight } }', {
      parcels: [
        { office: { boss: 'boss of the north' }, weight: 5 },
        { office: { boss: 'boss of the south' }, weight: 7 },
      ],
    }),
    ask('on to a third subgraph by the shorter key', '{ parcels { track { points { at } } } }', {
      parcels: [{ track: { points: [{ at: 'Köln' }, null] } }, { track: { points: null } }],
    }),
    ask(
      'all together',
      '{ parcels { id weight days office { id boss region } track { days code points { __typename } } } }',
      {
        parcels: [
          {
            id: '1',
            weight: 5,
            days: 2,
            office: { id: 'o1', boss: 'boss of the north', region: 'north' },
            track: { days: 2, code: 'x1', points: [{ __typename: 'Point' }, null] },
          },
          {
            id: '2',
            weight: 7,
            days: 4,
            office: { id: 'o2', boss: 'boss of the south', region: 'south' },
            track: { days: 4, code: 'x2', points: null },
          },
        ],
      },
    ),
  ],
}
