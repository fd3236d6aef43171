import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const count = 5_000
const svc = await startForTest(profiles)
const admin = svc.as('admin')
const job = svc.jobs.find(({ name }) => name === 'profiles-carry-out-bulk-changes')!

const IMPORT = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created } }'
const START = 'mutation ($input: StartBulkChangeInput!) { startBulkChange(input: $input) { id total } }'
const RENAME = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { displayName } }'
const READ = 'query ($id: ID!) { bulkChange(id: $id) { status changed refused } }'

const customers = async (filter: object) =>
  (
    await admin.query(
      'query ($filter: CustomerFilter) { customers(filter: $filter, first: 40) { totalCount nodes { id } } }',
      { filter },
    )
  ).customers

test('5,000 customers, while others change some of them', async () => {
  for (let at = 0; at < count; at += 200) {
    const rows = Array.from({ length: 200 }, (_, nth) => ({
      ...{ externalId: `${at + nth}`, kind: 'PERSON', displayName: `客户 ${at + nth}` },
    }))
    await admin.mutate(IMPORT, { input: { system: 'fair', rows } })
  }
  const input = { everyCustomer: true, kind: 'ADD_TAGS', tags: ['批发'] }
  const { id, total } = (await admin.mutate(START, { input })).startBulkChange
  expect(total).toBe(count)
  const { nodes } = await customers({})
  const others = nodes.map((one: { id: string }) =>
    admin.mutate(RENAME, { input: { id: one.id, displayName: '改名' } }),
  )
  const toEnd = async () => {
    while (await job.run());
  }
  await Promise.all([toEnd(), ...others])
  expect((await admin.query(READ, { id })).bulkChange).toEqual({ status: 'DONE', changed: count, refused: 0 })
  expect((await customers({ tag: { eq: '批发' } })).totalCount).toBe(count)
  expect((await customers({ displayName: { eq: '改名' } })).totalCount).toBe(nodes.length)
})
