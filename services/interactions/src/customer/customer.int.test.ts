import { randomUUID } from 'node:crypto'
import { customerArchived, customerCreated, customerRestored, customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)

const known = async (id: string) => {
  const actor = { subject: 't', roles: [], tenant: 'acme', territories: [], scopes: [], kind: 'person' as const }
  return svc.database
    .fork(actor, new Date())
    .transactional((em) =>
      em.execute('select version, kind, status, owner_id, territory from customer where id = ?', [id]),
    )
}

test('a customer is kept as the newest event tells, whatever their order, and however often they come', async () => {
  const customer = aCustomer()
  const { id } = customer
  await svc.deliver(customerUpdated, { ...customer, version: 2, ownerId: 'anna', changedFields: ['ownerId'] })
  await svc.drain()
  await svc.deliver(customerCreated, customer)
  await svc.drain()
  expect(await known(id)).toEqual([
    { version: 2, kind: 'ORGANIZATION', status: 'ACTIVE', owner_id: 'anna', territory: 'emea/de' },
  ])
  const archived = await svc.deliver(customerArchived, { ...customer, version: 3, status: 'ARCHIVED' })
  await svc.drain()
  expect(await known(id)).toMatchObject([{ version: 3, status: 'ARCHIVED' }])
  await svc.deliver(customerRestored, { ...customer, version: 4, territory: '华东/上海' })
  await svc.deliver(customerArchived, { ...customer, version: 3, status: 'ARCHIVED' }, { id: archived.id })
  await svc.drain()
  expect(await known(id)).toMatchObject([{ version: 4, status: 'ACTIVE', territory: '华东/上海' }])
})

test('several events of one customer may come in one batch', async () => {
  const customer = aCustomer()
  await svc.deliver(customerUpdated, { ...customer, version: 3, ownerId: 'ben', changedFields: ['ownerId'] })
  await svc.deliver(customerCreated, customer)
  await svc.deliver(customerUpdated, { ...customer, version: 2, ownerId: 'anna', changedFields: ['ownerId'] })
  await svc.drain()
  expect(await known(customer.id)).toMatchObject([{ version: 3, owner_id: 'ben' }])
})

test('customers of one tenant are unknown to another', async () => {
  const customer = aCustomer()
  await svc.deliver(customerCreated, customer, { tenant: 'globex' })
  await svc.drain()
  expect(await known(customer.id)).toEqual([])
})

test('while profiles cannot be asked, a customer who is not known here is no reason to lose the request', async () => {
  const input = { customerId: randomUUID(), kind: 'NOTE', direction: 'INTERNAL', body: 'b' }
  const RECORD = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }'
  await expect(svc.as('service').mutate(RECORD, { input })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'service.unknown',
  })
})
