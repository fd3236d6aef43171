import type { Actor } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../builders.js'
import { keepCustomers } from '../customer/customer.actions.js'
import { segmentation } from '../service.js'
import { evaluateCustomers } from './evaluation.actions.js'

const svc = await startForTest(segmentation)
const manager = svc.as('manager')
const self: Actor = { subject: 's', roles: ['service_account'], tenant: 'acme', territories: [], kind: 'service' }

const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id memberCount } }'
const UPDATE = 'mutation ($input: UpdateSegmentInput!) { updateSegment(input: $input) { memberCount } }'
const COUNT = 'query ($id: ID!) { segment(id: $id) { memberCount } }'

const isWaiting = async () => {
  const { rows } = await svc.database.system.query(
    `select from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows.length > 0
}

/** Until one of the two happens; asks again at once, since the database paces it. */
const untilWaitingOr = async (done: () => boolean) => {
  while (!done() && !(await isWaiting()));
}

test('a rule that changes while a customer is evaluated by the old one does not miss him', async () => {
  const input = { key: 'race', name: 'race', kind: 'DYNAMIC', rule: { source: { eq: 'nowhere' } } }
  const { id } = (await manager.mutate(CREATE, { input })).createSegment
  const evaluated = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const customer = aCustomer({ source: 'somewhere' })
  const change = svc.context(self).transaction(async (tx) => {
    await evaluateCustomers(tx, await keepCustomers(tx, [customer]))
    evaluated.resolve()
    await commit.promise
  })
  await evaluated.promise
  let updated = false
  const update = manager.mutate(UPDATE, { input: { id, rule: { source: { eq: 'somewhere' } } } }).finally(() => {
    updated = true
  })
  await untilWaitingOr(() => updated)
  commit.resolve()
  await Promise.all([change, update])
  expect((await manager.query(COUNT, { id })).segment.memberCount).toBe(1)
})

test('of two changes of one customer at the same time, the later one is evaluated with the facts of both', async () => {
  const rule = { all: [{ tag: { has: 'vip' } }, { status: { eq: 'ARCHIVED' } }] }
  const input = { key: 'both', name: 'both', kind: 'DYNAMIC', rule }
  const { id } = (await manager.mutate(CREATE, { input })).createSegment
  const customer = aCustomer()
  const versions = [
    { ...customer, version: 2, tags: ['vip'] },
    { ...customer, version: 3, tags: ['vip'], status: 'ARCHIVED' as const },
    { ...customer, version: 1 },
  ]
  await Promise.all(
    versions.map((record) =>
      svc.context(self).transaction(async (tx) => evaluateCustomers(tx, await keepCustomers(tx, [record]))),
    ),
  )
  expect((await manager.query(COUNT, { id })).segment.memberCount).toBe(1)
})
