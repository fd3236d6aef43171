import type { Comparison } from '../comparison/comparison.js'
import { seedNow } from '../seed/seed.js'
import { fromPostGraphile } from './postgraphile-answer.js'

const now = seedNow.toISOString()

/** Everything about one customer: the query of the repository's README. A request's subject is the customer's id. */
export const customer360: Comparison = {
  name: 'customer-360',
  summary: 'everything about one customer',
  folder: new URL('../../src/customer-360/', import.meta.url),
  statementsApart: ['profiles', 'interactions', 'surveys', 'segmentation', 'integrations'].map(
    (service) => `hand-written-apart/${service}.sql`,
  ),
  query: new URL('../../../gateway/samples/1-customer-360.graphql', import.meta.url),
  root: 'customer',
  aliased: 'displayName',
  requests: 'select tenant, id as subject from profiles.customer order by md5(id::text)',
  parameters: ({ tenant, subject }) => [tenant, subject, now],
  postgraphile: ({ tenant, subject }) => ({ tenant, id: subject, now }),
  variables: async (requests) => requests.map(({ subject }) => ({ id: subject })),
  fromPostGraphile,
  rows: (customer) => [customer],
  goals: [
    { ratio: 'in-process ÷ hand-written', figure: 'throughput', atLeast: 0.75 },
    { ratio: 'in-process ÷ hand-written', figure: 'p95', atMost: 1.5 },
    { ratio: 'in-process ÷ hand-written-apart', figure: 'throughput', atLeast: 0.8 },
    { ratio: 'in-process ÷ postgraphile', figure: 'throughput', atLeast: 2 },
    { ratio: 'in-process ÷ stock', figure: 'throughput', atLeast: 2 },
    { ratio: 'traced ÷ in-process', figure: 'throughput', atLeast: 0.95 },
    { ratio: 'http ÷ hand-written', figure: 'throughput', atLeast: 0.45 },
    { variant: 'http', figure: 'server CPU µs', atMost: 2_000 },
    { variant: 'http', figure: 'RSS MB', atMost: 700 },
    { variant: 'http', figure: 'PSS MB', atMost: 700 },
    { ratio: 'http ÷ stock-http', figure: 'throughput', atLeast: 2.5 },
  ],
}
