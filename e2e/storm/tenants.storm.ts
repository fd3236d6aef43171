import type { TestPlatform } from '@clientele/testkit'
import pg from 'pg'

const tenants = ['north', 'south', 'east', 'west', 'acme', 'globex', 'umbrella', 'initech']
export const connections = 64
const CUSTOMER = '{ id version displayName source }'
const LIST = `query ($first: Int!) { customers(first: $first) { nodes ${CUSTOMER} totalCount } }`
const ONE = `query ($id: ID!) { customer(id: $id) ${CUSTOMER} }`
const SOME = `query ($ids: [ID!]!) { customersById(ids: $ids) ${CUSTOMER} }`
const SEARCH = `query ($text: String!) { searchCustomers(text: $text) { nodes { customer ${CUSTOMER} } } }`
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) ${CUSTOMER} }`
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) ${CUSTOMER} }`

interface Row {
  id: string
  version: number
  displayName: string
  source: string
}

/** What a storm did: how many requests of which kind, how many ended in an error, and every row that a tenant should not have seen. */
export interface StormReport {
  requests: number
  errors: number
  foreign: string[]
  byKind: Record<string, number>
}

/**
 * 64 clients on 64 database connections ask as 8 tenants in turn: reads, writes, writes that fail and roll back, statements that break inside
 * a transaction, and queries that forget their filter on purpose. Customers carry their tenant's name, so that a row says whose it is.
 */
export const tenantStorm = async (platform: TestPlatform, requests: number): Promise<StormReport> => {
  const as = new Map(tenants.map((tenant) => [tenant, platform.as('profiles', { roles: ['admin'], tenant })]))
  const own = new Map(await Promise.all(tenants.map(async (tenant) => [tenant, await seed(tenant)] as const)))
  const withoutTenant = new pg.Pool({ connectionString: platform.urls('profiles').url, max: 4 })
  withoutTenant.on('error', () => {})
  platform.defer(() => withoutTenant.end())
  const report: StormReport = { requests: 0, errors: 0, foreign: [], byKind: {} }

  async function seed(tenant: string): Promise<Row[]> {
    const rows: Row[] = []
    for (let at = 0; at < 20; at++) {
      const input = { kind: 'ORGANIZATION', displayName: `${tenant} 客户 ${at} 🏢`, source: tenant }
      rows.push((await as.get(tenant)!.mutate(CREATE, { input })).createCustomer)
    }
    return rows
  }

  const request = async (kind: string, tenant: string, mine: Row, other: Row) => {
    const { query, mutate } = as.get(tenant)!
    const ctx = () =>
      platform
        .service('profiles')
        .context({ subject: 's', roles: ['admin'], tenant, territories: [''], scopes: [], kind: 'person' })
    switch (kind) {
      case 'list':
        return (await query(LIST, { first: 20 })).customers.nodes as Row[]
      case 'one':
        return [(await query(ONE, { id: mine.id })).customer as Row]
      case 'foreign':
        return query(ONE, { id: other.id }).then(
          ({ customer }) => [customer as Row],
          (error) => expected(error, 'NOT_FOUND'),
        )
      case 'some':
        return (await query(SOME, { ids: [mine.id, other.id, mine.id] })).customersById.filter(Boolean) as Row[]
      case 'search':
        return (await query(SEARCH, { text: '客户' })).searchCustomers.nodes.map(
          ({ customer }: { customer: Row }) => customer,
        )
      case 'update':
        return [
          (await mutate(UPDATE, { input: { id: mine.id, displayName: `${tenant} ${Math.random()}` } })).updateCustomer,
        ]
      case 'stale':
        return mutate(UPDATE, { input: { id: mine.id, displayName: `${tenant} lost`, expectedVersion: -1 } }).then(
          () => Promise.reject(new Error('a stale write was taken')),
          (error) => expected(error, 'CONFLICT'),
        )
      case 'foreignWrite':
        return mutate(UPDATE, { input: { id: other.id, displayName: `${tenant} was here` } }).then(
          ({ updateCustomer }) => [updateCustomer as Row],
          (error) => expected(error, 'NOT_FOUND'),
        )
      case 'broken':
        return ctx()
          .transaction(async (tx) => {
            await tx.em.execute(`update customer set source = ? where id = ?`, [`lost by ${tenant}`, mine.id])
            await tx.em.execute('select 1 / 0')
          })
          .then(
            () => Promise.reject(new Error('a broken transaction was taken')),
            () => broken(),
          )
      case 'forgetful':
        return ctx().transaction((tx) =>
          tx.em.execute<Row[]>('select id, version, display_name as "displayName", source from customer limit 40'),
        )
      default:
        return (await withoutTenant.query<Row>('select id, source from customer')).rows
    }
  }

  const expected = (error: { code?: string }, code: string): Row[] => {
    report.errors++
    if (error.code !== code) throw error
    return []
  }
  const broken = (): Row[] => {
    report.errors++
    return []
  }

  // The twelfth kind asks without any tenant.
  const kinds = 'list one one foreign some search update stale foreignWrite broken forgetful nobody'.split(' ')
  const client = async (first: number) => {
    for (let at = first; at < requests; at += connections) {
      const kind = kinds[at % kinds.length]!
      // Tenants change from one request to the next, so that connections do.
      const tenant = tenants[Math.floor(at / kinds.length) % tenants.length]!
      const stranger = tenants[(tenants.indexOf(tenant) + 1 + (at % 7)) % tenants.length]!
      const pick = (rows: Row[]) => rows[at % rows.length]!
      const rows = await request(kind, tenant, pick(own.get(tenant)!), pick(own.get(stranger)!))
      report.requests++
      report.byKind[kind] = (report.byKind[kind] ?? 0) + 1
      for (const row of rows) {
        if (kind === 'nobody' || row.source !== tenant || (row.displayName && !row.displayName.startsWith(tenant)))
          report.foreign.push(`${kind} of ${tenant}: ${JSON.stringify(row)}`)
      }
      if (kind === 'one' && rows[0]?.id !== pick(own.get(tenant)!).id) report.foreign.push(`${kind}: another customer`)
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, at) => client(at)))
  return report
}
