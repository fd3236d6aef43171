import { customerCreated, purchaseRecorded, tenantSettingsChanged } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer, aPurchase } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation, { now: () => new Date('2026-04-01T12:00:00.000Z') })
const LIST = `query ($rule: SegmentRuleInput, $orderBy: CustomerFactsOrder, $first: Int, $after: String) {
  customersByFacts(rule: $rule, orderBy: $orderBy, first: $first, after: $after) {
    totalCount nodes { id facts { purchaseCount } } pageInfo { hasNextPage endCursor } } }`

const ids: string[] = []
beforeAll(async () => {
  await svc.deliver(tenantSettingsChanged, tenantSettingsChanged.example)
  await svc.drain()
  for (let count = 0; count < 7; count++) {
    const { id } = (await svc.deliver(customerCreated, aCustomer())).data
    ids.push(id)
    for (let i = 0; i < count; i++) {
      const total = { amount: String(10 - count), currency: 'EUR' }
      await svc.deliver(purchaseRecorded, aPurchase(id, { orderedAt: `2026-03-${10 + count}T00:00:00Z`, total }))
    }
  }
  await svc.drain()
})

const walk = async (rule: object | null, orderBy: object | null) => {
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { customersByFacts: page }: any = await svc.as('sales').query(LIST, { rule, orderBy, first: 2, after })
    seen.push(...page.nodes.map(({ id }: { id: string }) => id))
    if (!page.pageInfo.hasNextPage) return { seen, total: page.totalCount }
    after = page.pageInfo.endCursor
  }
}
const at = (...places: number[]) => places.map((place) => ids[place])

test.each([
  ['latest purchase first', null, null, [6, 5, 4, 3, 2, 1, 0]],
  ['fewest purchases first', null, { field: 'PURCHASE_COUNT', direction: 'ASC' }, [0, 1, 2, 3, 4, 5, 6]],
  ['under a rule', { purchaseCount: { gte: 1, lt: 4 } }, { field: 'LAST_PURCHASE_AT' }, [3, 2, 1]],
  ['by total', { purchaseTotal: { currency: 'EUR', gt: '9' } }, { field: 'CONVERTED_TOTAL' }, [5, 6, 4, 3, 2]],
])('customers are listed page by page, %s', async (_, rule, orderBy, places) => {
  const { seen, total } = await walk(rule, orderBy)
  // Four and six purchases make 24 both; their ids decide.
  const expected =
    orderBy && 'field' in orderBy && orderBy.field === 'CONVERTED_TOTAL' ? [5, ...tied(4, 6), 3, 2] : places
  expect(seen).toEqual(at(...expected))
  expect(total).toBe(places.length)
})

const tied = (...places: number[]) => places.toSorted((a, b) => ((ids[a] as string) < (ids[b] as string) ? 1 : -1))

test('a rule that is none is refused with its place', async () => {
  await expect(svc.as('sales').query(LIST, { rule: { all: [{ nps: {} }] } })).rejects.toMatchObject({
    ...{ code: 'INVALID', reason: 'condition.empty', fields: [{ path: 'rule.all.0.nps', reason: 'condition.empty' }] },
  })
})
