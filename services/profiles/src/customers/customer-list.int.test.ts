import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const as = svc.as({ roles: ['manager'], tenant: 'lists' })
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id number } }'
const RECORD = 'mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }'
const LIST = `query ($filter: CustomerFilter, $orderBy: CustomerOrder, $first: Int! = 100, $after: String) {
  customers(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes { number displayName } totalCount pageInfo { hasNextPage endCursor } } }`

const people = [
  { number: 'A1', displayName: 'Zoë', kind: 'PERSON', territory: 'emea/de', source: 'import', tags: ['vip', 'Old'] },
  { number: 'A2', displayName: '王小明', kind: 'PERSON', territory: 'apac/cn', ownerId: 'li', tags: ['VIP'] },
  { number: 'A3', displayName: 'Alfreds 100%', kind: 'ORGANIZATION', territory: 'emea/fr' },
  { number: 'B1', displayName: 'مريم', kind: 'PERSON', territory: null, ownerId: 'li' },
  { number: 'B2', displayName: 'Ernst Handel', kind: 'ORGANIZATION', territory: 'emea/at', tags: ['wholesale'] },
]
const ids = new Map<string, string>()
const list = async (variables: object = {}) => (await as.query(LIST, variables)).customers
const numbers = async (filter: object) => (await list({ filter })).nodes.map(({ number }: { number: string }) => number)

beforeAll(async () => {
  for (const input of people) {
    const { createCustomer } = await as.mutate(CREATE, { input })
    ids.set(createCustomer.number, createCustomer.id)
  }
  await as.mutate('mutation ($input: ArchiveCustomerInput!) { archiveCustomer(input: $input) { id } }', {
    input: { id: ids.get('B1') },
  })
  const line = { quantity: '1', unitPrice: '5' }
  await as.mutate(RECORD, {
    input: { customerId: ids.get('A3'), orderedAt: '2026-01-01T00:00:00Z', currency: 'EUR', lines: [line] },
  })
})

test.each([
  [{}, ['A1', 'A2', 'A3', 'B1', 'B2']],
  [{ kind: { eq: 'PERSON' } }, ['A1', 'A2', 'B1']],
  [{ status: { eq: 'ARCHIVED' } }, ['B1']],
  [{ number: { startsWith: 'b' } }, ['B1', 'B2']],
  [{ displayName: { contains: '小明' } }, ['A2']],
  [{ displayName: { contains: '0%' } }, ['A3']],
  [{ displayName: { contains: '%' } }, ['A3']],
  [{ ownerId: { eq: 'li' } }, ['A2', 'B1']],
  [{ territory: { startsWith: 'emea/' } }, ['A1', 'A3', 'B2']],
  [{ source: { in: ['import', 'x'] } }, ['A1']],
  [{ tag: { eq: 'vip' } }, ['A1', 'A2']],
  [{ tag: { in: ['old', 'wholesale'] } }, ['A1', 'B2']],
  [{ and: [{ tag: { eq: 'vip' } }, { tag: { eq: 'old' } }] }, ['A1']],
  [{ not: { tag: { eq: 'vip' } } }, ['A3', 'B1', 'B2']],
  [{ tag: { in: [] } }, []],
  [{ hasPurchases: true }, ['A3']],
  [{ hasPurchases: false, kind: { eq: 'ORGANIZATION' } }, ['B2']],
  [{ or: [{ number: { eq: 'A1' } }, { not: { status: { eq: 'ACTIVE' } } }] }, ['A1', 'B1']],
  [{ createdAt: { gt: '2999-01-01T00:00:00Z' } }, []],
  [{ updatedAt: { gte: '2020-01-01T00:00:00Z' } }, ['A1', 'A2', 'A3', 'B1', 'B2']],
])('the filter %j finds %j', async (filter, expected) => {
  expect(await numbers(filter)).toEqual(expected)
})

test.each(['NUMBER', 'DISPLAY_NAME', 'CREATED_AT', 'UPDATED_AT'])(
  'pages by %s walk the whole list once, either way',
  async (field) => {
    const walk = async (direction: string) => {
      const seen: string[] = []
      for (let after = null, more = true; more; ) {
        const page = await list({ orderBy: { field, direction }, first: 2, after })
        expect(page.totalCount).toBe(5)
        seen.push(...page.nodes.map(({ number }: { number: string }) => number))
        after = page.pageInfo.endCursor
        more = page.pageInfo.hasNextPage
      }
      return seen
    }
    const up = await walk('ASC')
    expect(new Set(up).size).toBe(5)
    expect(await walk('DESC')).toEqual(up.toReversed())
  },
)

test('another tenant sees none of them', async () => {
  const other = await svc.as({ roles: ['admin'], tenant: 'others' }).query(LIST, {})
  expect(other.customers).toMatchObject({ nodes: [], totalCount: 0 })
})
