import { ask, type Kind, rootAmong, subgraph } from '../audit.js'

const costs: Record<string, number> = { EUR: 1, CNY: 8 }
const price = ({ in: currency = 'EUR', times = 1 }: { in?: string; times?: number }) => costs[currency]! * 10 * times
const goods = [
  { id: '1', price },
  { id: '2', price: (given: object) => price(given) * 2 },
]

const because = 'The planner takes the field with one set of arguments for the field with another.'

/** What is required has arguments, while the client asks for the same field with other arguments. */
export const requiresArguments: Kind = {
  name: '@requires with arguments',
  subgraphs: [
    subgraph(
      'goods',
      `type Query { good(id: ID!): Good } enum Currency { EUR CNY }
       type Good @key(fields: "id") { id: ID! price(in: Currency = EUR, times: Int): Int! parts(first: Int = 2): [Part!]! }
       type Part { name(upper: Boolean): String }`,
      {
        Query: { good: rootAmong(goods) },
        Good: {
          __resolveReference: ({ id }: { id: string }) => goods.find((good) => good.id === id),
          parts: (_: unknown, { first }: { first: number }) =>
            ['leg', 'arm', 'head'].slice(0, first).map((name) => ({ name })),
        },
        Part: {
          name: ({ name }: { name: string }, { upper }: { upper?: boolean }) => (upper ? name.toUpperCase() : name),
        },
      },
    ),
    subgraph(
      'tariffs',
      `enum Currency { EUR CNY }
       type Good @key(fields: "id") {
         id: ID! price(in: Currency = EUR, times: Int): Int! @external parts(first: Int = 2): [Part!]! @external
         duty: Int @requires(fields: "price(in: CNY)")
         bulk: Int @requires(fields: "price(in: CNY, times: 100)")
         list: String @requires(fields: "parts(first: 3) { name(upper: true) }")
       }
       type Part { name(upper: Boolean): String @external }`,
      {
        Good: {
          __resolveReference: (good: object) => good,
          duty: ({ price }: { price: number }) => price / 2,
          bulk: ({ price }: { price: number }) => price,
          list: ({ parts }: { parts: { name: string }[] }) => parts.map(({ name }) => name).join(),
        },
      },
    ),
  ],
  cases: [
    ask('as they are written in the schema', '{ good(id: 1) { duty } }', { good: { duty: 40 } }),
    ask('within a list', '{ good(id: 1) { list } }', { good: { list: 'LEG,ARM,HEAD' } }),
    ask('the client has the same', '{ good(id: 2) { price(in: CNY) duty } }', { good: { price: 160, duty: 80 } }),
    ask(
      'the client has others',
      '{ good(id: 1) { price duty } }',
      { good: { price: 10, duty: 40 } },
      { both: { because, data: { good: { price: 10, duty: 5 } } } },
    ),
    ask(
      'the client has a variable',
      'query ($in: Currency) { good(id: 1) { price(in: $in, times: 2) duty } }',
      { good: { price: 160, duty: 40 } },
      { variables: { in: 'CNY' }, both: { because, data: { good: { price: 160, duty: 80 } } } },
    ),
    ask(
      'the client has others within a list',
      '{ good(id: 1) { parts(first: 1) { name } list } }',
      {
        good: { parts: [{ name: 'leg' }], list: 'LEG,ARM,HEAD' },
      },
      { both: { because, data: { good: { parts: [{ name: 'leg' }], list: 'leg' } } } },
    ),
    ask(
      'two fields require other arguments',
      '{ good(id: 1) { duty bulk price } }',
      {
        good: { duty: 40, bulk: 8000, price: 10 },
      },
      { both: { because, data: { good: { duty: 4000, bulk: 8000, price: 8000 } } } },
    ),
  ],
}
