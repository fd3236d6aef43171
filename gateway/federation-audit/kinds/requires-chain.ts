import { ask, type Kind, subgraph } from '../audit.js'

interface Loan {
  id: string
  sum?: number
  risk?: number
  rate?: number
}

/** The planner asks `loans` for `rate`, which is external there, instead of `rates`. */
const because =
  'The planner takes an external field for one that its subgraph has, where a requirement comes back to it.'

/** What is required requires something itself, up and down between subgraphs, and in a circle of fields. */
export const requiresChain: Kind = {
  name: '@requires of @requires',
  subgraphs: [
    subgraph(
      'loans',
      `type Query { loans: [Loan!]! }
       type Loan @key(fields: "id") { id: ID! sum: Int! rate: Int @external risk: Int @external
         plan: String @requires(fields: "rate") pledge: String @requires(fields: "risk") }`,
      {
        Query: {
          loans: () => [
            { id: '1', sum: 100 },
            { id: '2', sum: 5 },
          ],
        },
        Loan: {
          __resolveReference: (loan: Loan) => ({ ...loan, sum: loan.id === '1' ? 100 : 5 }),
          plan: ({ sum, rate }: Loan) => `${sum} at ${rate}`,
          pledge: ({ risk }: Loan) => `pledge ${risk}`,
        },
      },
    ),
    subgraph(
      'risks',
      'type Loan @key(fields: "id") { id: ID! sum: Int! @external risk: Int @requires(fields: "sum") }',
      {
        Loan: { __resolveReference: (loan: Loan) => loan, risk: ({ sum = 0 }: Loan) => (sum > 50 ? 7 : 1) },
      },
    ),
    subgraph(
      'rates',
      `type Loan @key(fields: "id") { id: ID! risk: Int @external plan: String @external
         rate: Int @requires(fields: "risk") letter: String @requires(fields: "plan") }`,
      {
        Loan: {
          __resolveReference: (loan: Loan) => loan,
          rate: ({ risk = 0 }: Loan) => risk * 2,
          letter: ({ plan }: { plan: string }) => `Dear customer: ${plan}`,
        },
      },
    ),
  ],
  cases: [
    ask('one step', '{ loans { risk } }', { loans: [{ risk: 7 }, { risk: 1 }] }, { fetches: { loans: 1, risks: 1 } }),
    ask(
      'two steps',
      '{ loans { rate } }',
      { loans: [{ rate: 14 }, { rate: 2 }] },
      { fetches: { loans: 1, risks: 1, rates: 1 } },
    ),
    ask(
      'and back again',
      '{ loans { plan } }',
      { loans: [{ plan: '100 at 14' }, { plan: '5 at 2' }] },
      { fetches: { loans: 2, risks: 1, rates: 1 } },
    ),
    ask(
      'and forth again',
      '{ loans { letter } }',
      {
        loans: [{ letter: 'Dear customer: 100 at 14' }, { letter: 'Dear customer: 5 at 2' }],
      },
      {
        both: {
          because,
          data: { loans: [{ letter: 'Dear customer: 100 at undefined' }, { letter: 'Dear customer: 5 at undefined' }] },
        },
      },
    ),
    ask(
      'all of them in any order',
      '{ loans { letter rate pledge sum plan risk } }',
      {
        loans: [
          { letter: 'Dear customer: 100 at 14', rate: 14, pledge: 'pledge 7', sum: 100, plan: '100 at 14', risk: 7 },
          { letter: 'Dear customer: 5 at 2', rate: 2, pledge: 'pledge 1', sum: 5, plan: '5 at 2', risk: 1 },
        ],
      },
      {
        both: {
          because,
          data: {
            loans: [
              {
                letter: 'Dear customer: 100 at undefined',
                rate: 14,
                pledge: 'pledge 7',
                sum: 100,
                plan: '100 at 14',
                risk: 7,
              },
              { letter: 'Dear customer: 5 at undefined', rate: 2, pledge: 'pledge 1', sum: 5, plan: '5 at 2', risk: 1 },
            ],
          },
        },
      },
    ),
    ask(
      'all under names of each other',
      '{ loans { sum: letter risk: rate rate: pledge letter: sum } }',
      {
        loans: [
          { sum: 'Dear customer: 100 at 14', risk: 14, rate: 'pledge 7', letter: 100 },
          { sum: 'Dear customer: 5 at 2', risk: 2, rate: 'pledge 1', letter: 5 },
        ],
      },
      {
        both: {
          because,
          data: {
            loans: [
              { sum: 'Dear customer: 100 at undefined', risk: 14, rate: 'pledge 7', letter: 100 },
              { sum: 'Dear customer: 5 at undefined', risk: 2, rate: 'pledge 1', letter: 5 },
            ],
          },
        },
      },
    ),
  ],
}
