import { until } from '@clientele/testkit'
import { startKillable } from './killable.js'

const customers = 600
const platform = await startKillable()
afterAll(platform.stop)

const IMPORT = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created } }'
const START = 'mutation ($input: StartBulkChangeInput!) { startBulkChange(input: $input) { id } }'
const UNDO = 'mutation ($input: UndoBulkChangeInput!) { undoBulkChange(input: $input) { id } }'
const READ = `query ($id: ID!) { bulkChange(id: $id) { status total changed unchanged refused undone notUndone remaining progress endedAt
  errors { nodes { reason } } } }`

const read = async (id: string) => (await platform.ask('admin', READ, { id })).bulkChange
const countOf = async (status: string) =>
  (
    await platform.rows<{ n: number }>('profiles', 'select count(*)::int as n from bulk_change_row where status = $1', [
      status,
    ])
  )[0]!.n
/** Kills the process in the middle: when some rows have this status, and not all. */
const killAmid = async (status: string) => {
  const reached = await until(() => countOf(status))
  expect(reached).toBeLessThan(customers)
  await platform.kill()
}
const stored = () =>
  platform.rows<{ territory: string; version: number; n: number }>(
    'profiles',
    'select territory, version, count(*)::int as n from customer group by 1, 2',
  )

test('a process that is killed in the middle of a bulk change, and of its undoing, changes every customer once each', async () => {
  for (let at = 0; at < customers; at += 200) {
    const rows = Array.from({ length: 200 }, (_, nth) => ({
      ...{ externalId: `row-${at + nth}`, kind: 'PERSON', displayName: `客户 ${at + nth} 🌱`, territory: 'emea' },
    }))
    await platform.ask('admin', IMPORT, { input: { system: 'fair', rows } })
  }
  const input = { everyCustomer: true, kind: 'SET_FIELDS', fields: { territory: 'apac' }, idempotencyKey: 'once' }
  const { id } = (await platform.ask('admin', START, { input })).startBulkChange
  await killAmid('CHANGED')
  await until(async () => (await read(id)).status === 'DONE')
  const done = { total: customers, changed: customers, unchanged: 0, refused: 0, progress: 1, remaining: 0 }
  expect(await read(id)).toMatchObject({ ...done, errors: { nodes: [] } })
  expect(await stored()).toEqual([{ territory: 'apac', version: 2, n: customers }])
  expect((await platform.ask('admin', START, { input })).startBulkChange.id).toBe(id)

  await platform.ask('admin', UNDO, { input: { id } })
  await killAmid('UNDONE')
  await until(async () => (await read(id)).status === 'UNDONE')
  expect(await read(id)).toMatchObject({ ...done, undone: customers, notUndone: 0, errors: { nodes: [] } })
  expect(await stored()).toEqual([{ territory: 'emea', version: 3, n: customers }])

  const sequences = new Map<string, number[]>()
  for (const { partitionkey, sequence } of await platform.events('clientele.evt.acme.profiles.customer.*.v1.*')) {
    sequences.set(partitionkey, [...(sequences.get(partitionkey) ?? []), Number(sequence)])
  }
  expect(sequences.size).toBe(customers)
  expect(new Set([...sequences.values()].map(String))).toEqual(new Set(['1,2,3']))
  const [{ n: audited } = { n: 0 }] = await platform.rows<{ n: number }>(
    'profiles',
    `select count(*)::int as n from audit_entry where on_behalf_id = $1 and action = 'customer.updated'`,
    [id],
  )
  expect(audited).toBe(2 * customers)
})
