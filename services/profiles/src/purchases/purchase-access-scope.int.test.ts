import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const RECORD = 'mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) { id } }'

const buys = async (ownership: object, price: string) => {
  const input = { kind: 'PERSON', displayName: 'Buyer', ...ownership }
  const { createCustomer } = await admin.mutate(CREATE, { input })
  const { recordPurchase } = await admin.mutate(RECORD, {
    input: {
      customerId: createCustomer.id,
      orderedAt: '2026-03-01T10:00:00Z',
      currency: 'EUR',
      origin: { system: 'till', externalId: price },
      lines: [{ quantity: '1', unitPrice: price }],
    },
  })
  return { customer: createCustomer.id as string, purchase: recordPurchase.id as string }
}
const de = await buys({ territory: 'emea/de' }, '1')
const dee = await buys({ territory: 'emea/dee' }, '20')
const own = await buys({ ownerId: 'sue' }, '300')
const sales = svc.as({ roles: ['sales'], territories: ['emea/de'], subject: 'sue' })

test('a purchase is reached as its customer is, by id and as a reference', async () => {
  const PURCHASE = 'query ($id: ID!) { purchase(id: $id) { customer { id } lines { total } } }'
  const shown = ({ customer }: { customer: string }, total: string) => ({
    customer: { id: customer },
    lines: [{ total }],
  })
  expect((await sales.query(PURCHASE, { id: de.purchase })).purchase).toEqual(shown(de, '1'))
  expect((await sales.query(PURCHASE, { id: own.purchase })).purchase).toEqual(shown(own, '300'))
  await expect(sales.query(PURCHASE, { id: dee.purchase })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'purchase.unknown',
  })
  const r = [de, dee, own].map(({ purchase: id }) => ({ __typename: 'Purchase', id }))
  const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Purchase { id } } }'
  expect((await sales.query(ENTITIES, { r }))._entities).toEqual([{ id: de.purchase }, null, { id: own.purchase }])
})

test('totals add up what the caller reaches, of one system too', async () => {
  const TOTALS = 'query ($system: String) { purchaseTotals(system: $system) { sales customers net { amount } } }'
  const totals = async (as = sales, system?: string) => (await as.query(TOTALS, { system })).purchaseTotals
  const two = [{ sales: 2, customers: 2, net: { amount: '301' } }]
  expect(await totals()).toEqual(two)
  expect(await totals(sales, 'till')).toEqual(two)
  expect(await totals(sales, 'other')).toEqual([])
  expect(await totals(svc.as({ roles: ['manager'], territories: [] }))).toEqual([])
  expect(await totals(svc.as('analyst'))).toEqual([{ sales: 3, customers: 3, net: { amount: '321' } }])
})

test('a partner sees the customer, and nothing of what it bought', async () => {
  const { data, errors } = await svc
    .as('partner')
    .request(
      'query ($id: ID!) { customer(id: $id) { id purchases { totalCount } purchaseSummary { count } purchaseSummaries { count } } }',
      {
        id: de.customer,
      },
    )
  expect(data).toEqual({
    customer: { id: de.customer, purchases: null, purchaseSummary: null, purchaseSummaries: null },
  })
  expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions?.code, extensions?.reason])).toEqual([
    ['purchases', 'FORBIDDEN', 'role'],
    ['purchaseSummary', 'FORBIDDEN', 'role'],
    ['purchaseSummaries', 'FORBIDDEN', 'role'],
  ])
})
