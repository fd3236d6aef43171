import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const manager = svc.as({ roles: ['manager'], territories: ['emea'], subject: 'mia' })
const RESULT = '{ created updated unchanged rejected rows { outcome id faults { path reason } } }'
const CUSTOMERS = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) ${RESULT} }`
const PURCHASES = `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) ${RESULT} }`
const customers = async (rows: object[], as = manager) =>
  (await as.mutate(CUSTOMERS, { input: { system: 'erp', rows } })).importCustomers
const purchases = async (rows: object[], as = manager) =>
  (await as.mutate(PURCHASES, { input: { system: 'erp', rows } })).importPurchases
const person = (externalId: string, fields: object = {}) => ({
  externalId,
  kind: 'PERSON',
  displayName: `Person ${externalId}`,
  ...fields,
})
const sale = (externalId: string, customer: object, fields: object = {}) => ({
  externalId,
  customer,
  createMissingCustomer: true,
  orderedAt: '2026-02-01T08:00:00Z',
  currency: 'GBP',
  lines: [{ quantity: '1', unitPrice: '3' }],
  ...fields,
})
const imported = async (externalId: string) =>
  (
    await admin.query(
      'query ($externalId: String!) { customerByOrigin(system: "erp", externalId: $externalId) { ownerId territory source version } }',
      { externalId },
    )
  ).customerByOrigin
const unreached = (path: string) => ({
  outcome: 'REJECTED',
  id: null,
  faults: [{ path, reason: 'customer.out_of_scope' }],
})

beforeAll(async () => {
  const { created } = await customers(
    [person('de', { territory: 'emea/de' }), person('cn', { territory: 'apac/cn' })],
    admin,
  )
  expect(created).toBe(2)
  await purchases([sale('P-cn', { externalId: 'cn' })], admin)
})

test('rows outside of the access scope are rejected, and stop no other', async () => {
  expect((await customers([person('de', { territory: 'apac/cn' })])).rows).toMatchObject([unreached('territory')])
  const result = await customers([
    person('de', { source: 'new' }),
    person('cn', { source: 'new' }),
    person('made-cn', { territory: 'apac/cn' }),
    person('made-dee', { territory: 'emeax' }),
    person('made-sam', { ownerId: 'sam' }),
    person('made-de', { territory: 'emea/de' }),
    person('made', { ownerId: 'sam', territory: 'emea' }),
    person('mine-cn', { ownerId: 'mia', territory: 'apac/cn' }),
  ])
  expect(result.rows).toMatchObject([
    { outcome: 'UPDATED' },
    unreached('externalId'),
    unreached('territory'),
    unreached('territory'),
    unreached('ownerId'),
    { outcome: 'CREATED' },
    { outcome: 'CREATED' },
    unreached('territory'),
  ])
  expect(await imported('cn')).toMatchObject({ source: null, version: 1 })
  expect(await imported('de')).toMatchObject({ source: 'new', territory: 'emea/de' })
  expect(await imported('made-de')).toMatchObject({ ownerId: null, territory: 'emea/de' })
})

test('rows that name neither owner nor territory become the importer’s own in their territory, and stay so', async () => {
  const rows = [person('bare'), person('cleared', { ownerId: null, territory: null })]
  expect(await customers(rows)).toMatchObject({ created: 2 })
  expect(await imported('bare')).toMatchObject({ ownerId: 'mia', territory: 'emea' })
  expect(await customers(rows)).toMatchObject({ unchanged: 2 })
  expect(await customers([person('bare')], svc.as({ roles: ['manager'], territories: ['apac'] }))).toMatchObject({
    rejected: 1,
  })
  expect(await customers([person('root')], svc.as('manager'))).toMatchObject({ created: 1 })
  expect(await imported('root')).toMatchObject({ ownerId: null, territory: null })
  const homeless = svc.as({ roles: ['manager'], territories: [], subject: 'mia' })
  expect(await customers([person('before')], homeless)).toMatchObject({ created: 1 })
  expect(await customers([person('before')])).toMatchObject({ unchanged: 1 })
})

test('nobody loses their own customer to somebody elsewhere', async () => {
  const { rows } = await customers([person('before', { ownerId: 'sam' })])
  expect(rows).toMatchObject([unreached('ownerId')])
  expect(await imported('before')).toMatchObject({ ownerId: 'mia', territory: null })
})

test('purchases of customers outside of the access scope are rejected, known ones too', async () => {
  const { rows } = await purchases([
    sale('P-1', { externalId: 'cn' }),
    sale('P-cn', { externalId: 'cn' }, { channel: 'changed' }),
    sale('P-cn', { externalId: 'de' }),
    sale('P-2', { ...person('buyer-cn'), territory: 'apac' }),
    sale('P-3', person('buyer')),
    sale('P-4', { externalId: 'de' }),
  ])
  expect(rows).toMatchObject([
    unreached('customer.externalId'),
    unreached('customer.externalId'),
    { outcome: 'REJECTED', faults: [{ path: 'customer.externalId', reason: 'purchase.customer_changed' }] },
    unreached('customer.territory'),
    { outcome: 'CREATED' },
    { outcome: 'CREATED' },
  ])
  expect(await imported('buyer')).toMatchObject({ ownerId: 'mia', territory: 'emea' })
  const { customerByOrigin } = await admin.query(
    '{ customerByOrigin(system: "erp", externalId: "cn") { purchases { nodes { channel version } } } }',
  )
  expect(customerByOrigin.purchases.nodes).toEqual([{ channel: null, version: 1 }])
})
