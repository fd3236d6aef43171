import type { Answer } from '../comparison/answer.js'
import type { Comparison } from '../comparison/comparison.js'
import { cursorsOf } from './cursors.js'
import { fromPostGraphile } from './postgraphile-answer.js'

/**
 * A page of 100 customers with three fields of other services each. A request's subject is the number of the last customer
 * before the page, null for a first page.
 */
export const customerList: Comparison = {
  name: 'customer-list',
  summary: '100 customers with fields of three other services each',
  folder: new URL('../../src/customer-list/', import.meta.url),
  query: new URL('../../src/customer-list/customer-list.graphql', import.meta.url),
  root: 'customers',
  aliased: 'displayName',
  // The first 20 pages of each tenant.
  requests: `select tenant, subject from (
      select tenant, null as subject, 0 as place from profiles.customer group by tenant
      union all
      select tenant, number, row_number() over (partition by tenant order by number) from profiles.customer
    ) as places where place % 100 = 0 and place < 2000
      and exists (select from profiles.customer c where c.tenant = places.tenant and c.number > coalesce(subject, ''))
    order by md5(tenant || place)`,
  parameters: ({ tenant, subject }) => [tenant, subject],
  postgraphile: ({ tenant, subject }) => ({ tenant, behind: subject }),
  variables: async (requests, ask) => (await cursorsOf(requests, ask)).map((after) => ({ after })),
  fromPostGraphile,
  rows: ({ nodes }) => nodes as Answer[],
  goals: [{ ratio: 'in-process ÷ hand-written', figure: 'throughput', atLeast: 0.65 }],
}
