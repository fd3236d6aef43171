import { among, ask, type Kind, rootAmong, subgraph } from '../audit.js'

const goods = [
  { id: '1', weight: 2, size: { length: 3, width: 4 }, boxes: [{ kind: 'S' }, { kind: 'L' }] },
  { id: '2', weight: null, size: null, boxes: [] },
  { id: '3', weight: 10, size: { length: 1, width: null }, boxes: null },
]
type Good = (typeof goods)[number]

/** Fields that need others, from another subgraph: single values, parts of objects, parts of lists. */
export const requires: Kind = {
  name: '@requires',
  subgraphs: [
    subgraph(
      'goods',
      `type Query { good(id: ID!): Good goods: [Good] }
       type Good @key(fields: "id") { id: ID! weight: Int size: Size boxes: [Box!] }
       type Size { length: Int! width: Int height: Int } type Box { kind: String! colour: String }`,
      { Query: { good: rootAmong(goods), goods: () => [...goods, null] }, Good: { __resolveReference: among(goods) } },
    ),
    subgraph(
      'shipping',
      `type Query { shipped: Good }
       type Good @key(fields: "id") {
         id: ID! weight: Int @external size: Size @external boxes: [Box!] @external
         fee: String @requires(fields: "weight")
         area: Int @requires(fields: "size { width length }")
         labels: [String] @requires(fields: "boxes { kind }")
         slip: String! @requires(fields: "weight boxes { kind } size { length }")
       }
       type Size { length: Int! @external width: Int @external } type Box { kind: String! @external }`,
      {
        Query: { shipped: () => ({ id: '1' }) },
        Good: {
          __resolveReference: (good: Good) => good,
          fee: ({ weight }: Good) => (weight === null ? 'unknown' : `${weight * 3} €`),
          area: ({ size }: Good) => size && size.length * (size.width ?? 0),
          labels: ({ boxes }: Good) => boxes?.map(({ kind }) => `box ${kind}`),
          slip: ({ weight, boxes, size }: Good) =>
            JSON.stringify([weight, boxes?.length ?? null, size?.length ?? null]),
        },
      },
    ),
  ],
  cases: [
    ask('a value', '{ good(id: 1) { fee } }', { good: { fee: '6 €' } }, { fetches: { goods: 1, shipping: 1 } }),
    ask('a value that is null', '{ good(id: 2) { fee area labels } }', {
      good: { fee: 'unknown', area: null, labels: [] },
    }),
    ask('parts of an object', '{ goods { area } }', { goods: [{ area: 12 }, { area: null }, { area: 0 }, null] }),
    ask('parts of a list', '{ goods { id labels } }', {
      goods: [{ id: '1', labels: ['box S', 'box L'] }, { id: '2', labels: [] }, { id: '3', labels: null }, null],
    }),
    ask(
      'several at once',
      '{ goods { slip fee } }',
      {
        goods: [
          { slip: '[2,2,3]', fee: '6 €' },
          { slip: '[null,0,null]', fee: 'unknown' },
          { slip: '[10,null,1]', fee: '30 €' },
          null,
        ],
      },
      { fetches: { goods: 1, shipping: 1 } },
    ),
    ask(
      'what is required is asked for as well',
      '{ good(id: 1) { size { height width } area boxes { colour } labels } }',
      {
        good: {
          size: { height: null, width: 4 },
          area: 12,
          boxes: [{ colour: null }, { colour: null }],
          labels: ['box S', 'box L'],
        },
      },
    ),
    ask('what is required is hidden by a name', '{ good(id: 1) { weight: fee fee: weight size: area } }', {
      good: { weight: '6 €', fee: 2, size: 12 },
    }),
    ask(
      'from the subgraph that requires',
      '{ shipped { slip } }',
      { shipped: { slip: '[2,2,3]' } },
      { fetches: { goods: 1, shipping: 2 } },
    ),
    ask('under two names', '{ a: good(id: 1) { x: fee } b: good(id: 3) { x: fee y: fee } }', {
      a: { x: '6 €' },
      b: { x: '30 €', y: '30 €' },
    }),
  ],
}
