import { among, ask, type Kind, subgraph } from '../audit.js'

const lots = [
  { id: 'l1', square: 10, owner: { id: 'o1', name: 'Ada' } },
  { id: 'l2', square: 20, owner: { id: 'o2', name: 'Li' } },
]

/** What one subgraph requires is provided by another on the way there, so that the owner need not be asked. */
export const requiresAndProvides: Kind = {
  name: '@requires of what is provided',
  subgraphs: [
    subgraph(
      'lots',
      `type Lot @key(fields: "id") { id: ID! square: Int @shareable owner: Owner @shareable }
       type Owner @key(fields: "id") { id: ID! name: String @shareable phone: String }`,
      {
        Lot: { __resolveReference: among(lots) },
        Owner: {
          __resolveReference: among([{ id: 'o1', name: 'Ada' }]),
          phone: ({ id }: { id: string }) => (id === 'o1' ? '1' : null),
        },
      },
    ),
    subgraph(
      'auctions',
      `type Query { lots: [Lot!]! @provides(fields: "square owner { name }") others: [Lot!]! }
       type Lot @key(fields: "id") { id: ID! square: Int @external owner: Owner @external bid: Int }
       type Owner @key(fields: "id") { id: ID! name: String @external }`,
      {
        Query: {
          lots: () => lots.map((lot, n) => ({ ...lot, bid: n })),
          others: () => lots.map(({ id }) => ({ id, bid: 9 })),
        },
        Lot: { __resolveReference: ({ id }: { id: string }) => ({ id, bid: 0 }) },
      },
    ),
    subgraph(
      'taxes',
      `type Lot @key(fields: "id") { id: ID! square: Int @external owner: Owner @external
         tax: Int @requires(fields: "square") letter: String @requires(fields: "owner { name }") }
       type Owner @key(fields: "id") { id: ID! name: String @external }`,
      {
        Lot: {
          __resolveReference: (lot: object) => lot,
          tax: ({ square }: { square: number }) => square * 2,
          letter: ({ owner }: { owner: { name: string } }) => `Dear ${owner.name}`,
        },
      },
    ),
  ],
  cases: [
    ask('provided', '{ lots { tax } }', { lots: [{ tax: 20 }, { tax: 40 }] }),
    ask('provided within an entity', '{ lots { letter bid } }', {
      lots: [
        { letter: 'Dear Ada', bid: 0 },
        { letter: 'Dear Li', bid: 1 },
      ],
    }),
    ask(
      'not provided',
      '{ others { tax letter } }',
      {
        others: [
          { tax: 20, letter: 'Dear Ada' },
          { tax: 40, letter: 'Dear Li' },
        ],
      },
      { fetches: { auctions: 1, lots: 1, taxes: 1 } },
    ),
    ask('with more of the owner', '{ lots { letter owner { phone } } }', {
      lots: [
        { letter: 'Dear Ada', owner: { phone: '1' } },
        { letter: 'Dear Li', owner: { phone: null } },
      ],
    }),
  ],
}
