import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLog, migrate } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import pg from 'pg'
import { profiles } from '../service.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-before-sealing-'))
for (const name of ['0001_profiles.sql', '0002_search.sql', '0003_search_reach.sql']) {
  await copyFile(new URL(name, profiles.migrations), join(dir, name))
}
const svc = await startForTest({ ...profiles, migrations: pathToFileURL(`${dir}/`) })
svc.defer(() => rm(dir, { recursive: true, force: true }))
const app = new pg.Client({ connectionString: svc.urls.url })
await app.connect()
svc.defer(() => app.end())

const tenants = ['acme', 'globex']
const customers = tenants.flatMap((tenant, at) => [
  { tenant, id: randomUUID(), kind: 'PERSON', person: { familyName: '王', birthDate: `1871-03-1${at}` } },
  { tenant, id: randomUUID(), kind: 'PERSON', person: { familyName: '李', birthDate: null } },
  { tenant, id: randomUUID(), kind: 'ORGANIZATION', organization: { registrationNumber: `HRB 9${at}871-X` } },
  { tenant, id: randomUUID(), kind: 'ORGANIZATION', organization: { legalName: 'Alfreds' } },
  { tenant, id: randomUUID(), kind: 'PERSON' },
])
const enter = async ({ tenant, id, kind, ...details }: (typeof customers)[number]) => {
  const { person, organization } = details as { person?: object; organization?: object }
  await app.query(`select set_config('app.tenant', $1, false)`, [tenant])
  await app.query(
    `insert into customer (id, created_at, created_by, updated_at, updated_by, number, kind, status, display_name, person, organization)
     values ($1::uuid, now(), 'old', now(), 'old', $1::uuid::text, $2, 'ACTIVE', 'x', $3, $4)`,
    [id, kind, person ?? null, organization ?? null],
  )
}
const rows = async (sql: string) => {
  const found = []
  for (const tenant of tenants) {
    await app.query(`select set_config('app.tenant', $1, false)`, [tenant])
    found.push(...(await app.query(sql)).rows)
  }
  return found
}

test('what stood in the clear when sealing came is listed by the migration, sealed by the job, and answered as before', async () => {
  for (const customer of customers) await enter(customer)
  await migrate(svc.urls.ownerUrl, profiles.migrations, createLog({ name: 'test', level: 'silent' }))
  const { rows: forced } = await app.query(
    `select relforcerowsecurity as forced from pg_class where relname in ('customer', 'unsealed_customer')`,
  )
  expect(forced).toEqual([{ forced: true }, { forced: true }])
  const { rows: listed } = await svc.database.system.query('select tenant, customer_id as id from unsealed_customer')
  const [first, second, third, fourth] = [customers[0]!, customers[2]!, customers[5]!, customers[7]!]
  const expected = [first, second, third, fourth].map(({ tenant, id }) => ({ tenant, id }))
  expect(listed).toHaveLength(4)
  expect(listed).toEqual(expect.arrayContaining(expected))

  expect(await svc.jobs[0]!.run()).toBe(4)
  expect(await svc.jobs[0]!.run()).toBe(0)
  for (const table of ['customer', 'customer_search', 'outbox', 'audit_entry', 'sealed_value', 'unsealed_customer']) {
    const texts = (await rows(`select t::text as text from ${table} t`)).map(({ text }) => text)
    expect(texts.filter((text) => /1871-03|871-X/.test(text))).toEqual([])
  }
  expect(await rows('select version from customer where version <> 1')).toEqual([])

  const QUERY = `query ($ids: [ID!]!) { customersById(ids: $ids) {
    person { familyName birthDate } organization { registrationNumber } } }`
  for (const tenant of tenants) {
    const own = customers.filter((customer) => customer.tenant === tenant)
    const as = svc.as({ roles: ['manager'], tenant })
    const { customersById } = await as.query(QUERY, { ids: own.map(({ id }) => id) })
    const at = tenants.indexOf(tenant)
    expect(customersById).toEqual([
      { person: { familyName: '王', birthDate: `1871-03-1${at}` }, organization: null },
      { person: { familyName: '李', birthDate: null }, organization: null },
      { person: null, organization: { registrationNumber: `HRB 9${at}871-X` } },
      { person: null, organization: { registrationNumber: null } },
      { person: null, organization: null },
    ])
    const FIND = 'query ($eq: String) { customers(filter: { registrationNumber: { eq: $eq } }) { nodes { id } } }'
    expect((await as.query(FIND, { eq: `hrb9${at}871x` })).customers.nodes).toEqual([{ id: own[2]!.id }])
  }
})
