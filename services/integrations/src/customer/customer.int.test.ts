import { randomUUID } from 'node:crypto'
import { customerArchived, customerCreated, customerUpdated } from '@clientele/contracts'
import { startPlatform } from '@clientele/testkit'
import { addCustomer, asked, profilesFixture } from '@clientele/testkit/profiles'
import { integrations } from '../service.js'
import { customers } from './customer.actions.js'
import { replicateCustomers } from './customer.consumer.js'
import { customerPolicy } from './customer.policy.js'

const platform = await startPlatform([integrations, profilesFixture])
const transaction = platform.service('integrations').context({
  subject: 's',
  roles: ['service_account'],
  tenant: 'acme',
  territories: [],
  scopes: [],
  kind: 'service',
  itself: true,
}).transaction
const arrive = (...events: object[]) =>
  transaction((tx) => replicateCustomers.handle(tx, events.map((data) => ({ data })) as never))
const kept = (id: string) =>
  transaction((tx) => tx.em.execute('select version, status, territory from customer where id = ?', [id]))

test('the copy keeps the newest state, whatever order events come in and however often', async () => {
  const id = randomUUID()
  const created = { ...customerCreated.example, id }
  const updated = { ...customerUpdated.example, id, version: 2, territory: 'apac' }
  const archived = { ...customerArchived.example, id, version: 3, status: 'ARCHIVED' }
  await arrive(updated, created)
  expect(await kept(id)).toEqual([{ version: 2, status: 'ACTIVE', territory: 'apac' }])
  await arrive(archived, updated)
  await arrive(updated, created)
  await arrive(archived)
  expect(await kept(id)).toEqual([{ version: 3, status: 'ARCHIVED', territory: 'emea/de' }])
})

test('whether an archived customer will do is said by each use', async () => {
  const id = randomUUID()
  await arrive({ ...customerArchived.example, id, status: 'ARCHIVED' })
  const use = (archived: 'accepted' | 'refused', of: string = id) =>
    transaction((tx) => customers.require(tx, of, customerPolicy.read, { archived, path: 'input.customers.0' }))
  expect(await use('accepted')).toMatchObject({ id, status: 'ARCHIVED' })
  await expect(use('refused')).rejects.toMatchObject({ code: 'CONFLICT', reason: 'customer.archived' })
  await expect(use('accepted', 'nobody')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'customer.unknown',
    fields: [{ path: 'input.customers.0' }],
  })
})

test('a customer whose event has not come yet is asked for once and kept', async () => {
  const id = randomUUID()
  addCustomer('acme', id, { version: 4, territory: '华东' })
  asked.length = 0
  await transaction((tx) => customers.require(tx, id, customerPolicy.read, { archived: 'accepted' }))
  await transaction((tx) => customers.require(tx, id, customerPolicy.read, { archived: 'accepted' }))
  expect(asked).toEqual([[id]])
  expect(await kept(id)).toEqual([{ version: 4, status: 'ACTIVE', territory: '华东' }])
})
