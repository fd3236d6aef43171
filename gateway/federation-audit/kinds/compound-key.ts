import { among, ask, type Kind, subgraph } from '../audit.js'

interface Seat {
  hall: { house: { code: string }; number: number }
  row: string
}
const seats: Seat[] = [
  { hall: { house: { code: 'BER' }, number: 1 }, row: 'A' },
  { hall: { house: { code: 'BER' }, number: 2 }, row: 'A' },
  { hall: { house: { code: '北京' }, number: 1 }, row: 'B' },
]
const prices: Record<string, number> = { 'BER/1/A': 40, 'BER/2/A': 25 }
const keyOf = ({ hall, row }: Seat) => `${hall.house.code}/${hall.number}/${row}`
const houses = [{ code: 'BER', city: 'Berlin' }]

/** A key of several fields, some of them inside of objects, one of which is an entity itself. */
export const compoundKey: Kind = {
  name: 'compound and nested key',
  subgraphs: [
    subgraph(
      'seats',
      `type Query { seats: [Seat!]! }
       type Seat @key(fields: "row hall { number house { code } }") { row: String! hall: Hall! }
       type Hall @shareable { number: Int! house: House! } type House @key(fields: "code") { code: ID! }`,
      { Query: { seats: () => seats } },
    ),
    subgraph(
      'prices',
      `type Seat @key(fields: "row hall { house { code } number }") { row: String! hall: Hall! price: Int }
       type Hall @shareable { number: Int! house: House! } type House @key(fields: "code") { code: ID! }`,
      {
        Seat: {
          __resolveReference: (seat: Seat) => (keyOf(seat) in prices ? { ...seat, price: prices[keyOf(seat)] } : null),
        },
      },
    ),
    subgraph('houses', 'type House @key(fields: "code") { code: ID! city: String }', {
      House: { __resolveReference: among(houses, 'code') },
    }),
  ],
  cases: [
    ask(
      'what the key leads to',
      '{ seats { price } }',
      { seats: [{ price: 40 }, { price: 25 }, { price: null }] },
      { fetches: { seats: 1, prices: 1 } },
    ),
    ask('with a part of the key', '{ seats { hall { number } price row } }', {
      seats: [
        { hall: { number: 1 }, price: 40, row: 'A' },
        { hall: { number: 2 }, price: 25, row: 'A' },
        { hall: { number: 1 }, price: null, row: 'B' },
      ],
    }),
    ask(
      'with parts of the key under other names',
      '{ seats { r: row h: hall { n: number house { row: code } } price } }',
      {
        seats: [
          { r: 'A', h: { n: 1, house: { row: 'BER' } }, price: 40 },
          { r: 'A', h: { n: 2, house: { row: 'BER' } }, price: 25 },
          { r: 'B', h: { n: 1, house: { row: '北京' } }, price: null },
        ],
      },
    ),
    ask('the entity inside the key', '{ seats { price hall { house { city } } } }', {
      seats: [
        { price: 40, hall: { house: { city: 'Berlin' } } },
        { price: 25, hall: { house: { city: 'Berlin' } } },
        { price: null, hall: { house: { city: null } } },
      ],
    }),
  ],
}
