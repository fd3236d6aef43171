import { ask, type Kind, subgraph } from '../audit.js'

interface Till {
  sum: number
  log: string[]
}
const change =
  (sign: string, by: (sum: number, amount: number) => number) =>
  (_: unknown, { amount }: { amount: number }, till: Till) => {
    till.sum = by(till.sum, amount)
    till.log.push(`${sign}${amount}`)
    return { id: '1', sum: till.sum }
  }

/** Mutations of several subgraphs, whose order shows in the answer. */
export const mutations: Kind = {
  name: 'mutations',
  state: (): Till => ({ sum: 1, log: [] }),
  subgraphs: [
    subgraph(
      'adding',
      `type Query { sum: Int! } type Mutation { add(amount: Int!): Account! refuse: Account rename(input: Naming!): Account }
       input Naming { name: String!, notes: [String!] }
       type Account @key(fields: "id") { id: ID! sum: Int! @shareable name: String }`,
      {
        Query: { sum: (_: unknown, __: unknown, { sum }: Till) => sum },
        Mutation: {
          add: change('+', (sum, amount) => sum + amount),
          refuse: () => {
            throw new Error('no money left in postgres://till')
          },
          rename: (_: unknown, { input }: { input: { name: string; notes?: string[] } }) => ({
            id: '1',
            sum: 0,
            name: `${input.name} ${input.notes?.length ?? 0}`,
          }),
        },
      },
    ),
    subgraph(
      'multiplying',
      `type Mutation { multiply(amount: Int!): Account! }
       type Account @key(fields: "id") { id: ID! sum: Int! @shareable log: [String!]! square: Int @requires(fields: "name") name: String @external }`,
      {
        Mutation: { multiply: change('*', (sum, amount) => sum * amount) },
        Account: {
          __resolveReference: (account: object) => account,
          log: (_: unknown, __: unknown, { log }: Till) => [...log],
          square: ({ name }: { name: string }) => name.length ** 2,
        },
      },
    ),
  ],
  cases: [
    ask('one', 'mutation { add(amount: 4) { sum } }', { add: { sum: 5 } }, { fetches: { adding: 1 } }),
    ask(
      'of two subgraphs, in order',
      'mutation { a: add(amount: 1) { sum } b: multiply(amount: 5) { sum } c: add(amount: 2) { sum } d: multiply(amount: 2) { sum } }',
      {
        a: { sum: 2 },
        b: { sum: 10 },
        c: { sum: 12 },
        d: { sum: 24 },
      },
      { fetches: { adding: 2, multiplying: 2 } },
    ),
    ask(
      'what follows a mutation is read before the next',
      'mutation { a: add(amount: 1) { log } b: multiply(amount: 5) { log } c: add(amount: 2) { log sum } }',
      {
        a: { log: ['+1'] },
        b: { log: ['+1', '*5'] },
        c: { log: ['+1', '*5', '+2'], sum: 12 },
      },
    ),
    ask(
      'with a key only, and a field required',
      'mutation ($i: Naming!) { rename(input: $i) { square name } }',
      { rename: { square: 16, name: '小红 2' } },
      { variables: { i: { name: '小红', notes: ['', '😀'] } } },
    ),
    ask(
      'one that fails stops no other',
      'mutation { a: add(amount: 1) { sum } refuse { sum } b: multiply(amount: 3) { sum } }',
      { a: { sum: 2 }, refuse: null, b: { sum: 6 } },
      { errors: ['INTERNAL refuse'] },
    ),
    ask(
      'in fragments, with conditions',
      'mutation ($b: Boolean!) { ...A multiply(amount: 3) @skip(if: $b) { sum } add(amount: 10) { sum } } fragment A on Mutation { x: multiply(amount: 2) { sum } }',
      {
        x: { sum: 2 },
        add: { sum: 12 },
      },
      { variables: { b: true } },
    ),
    ask(
      'the same twice is one',
      'mutation { add(amount: 4) { sum } add(amount: 4) { id } }',
      { add: { sum: 5, id: '1' } },
      { fetches: { adding: 1 } },
    ),
  ],
}
