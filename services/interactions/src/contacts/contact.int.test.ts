import { randomUUID } from 'node:crypto'
import { contactRecorded } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { knownCustomer, knownCustomers } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const statements: string[] = []
const svc = await startForTest(interactions, {
  now: () => clock.now,
  onStatement: (sql) => statements.push(sql),
  queryCompiler: false,
})
const customerId = await knownCustomer(svc)

const RECORD = `mutation ($input: RecordContactInput!) { recordContact(input: $input) {
  id version kind direction occurredAt subject body customerId customer { id } createdBy } }`
const record = async (fields: object = {}, actor: string | TestActor = 'service') =>
  (
    await svc
      .as(actor)
      .mutate(RECORD, { input: { customerId, kind: 'CALL', direction: 'INBOUND', subject: '来电 ☎️', ...fields } })
  ).recordContact

test('a contact is recorded, with one event that says nothing of what was said', async () => {
  const subject = randomUUID()
  const contact = await record(
    { body: ' مرحبا بالعالم ', occurredAt: '2026-03-09T23:30:00-05:00' },
    { roles: ['sales'], subject },
  )
  expect(contact).toEqual({
    id: contact.id,
    version: 1,
    kind: 'CALL',
    direction: 'INBOUND',
    occurredAt: '2026-03-10T04:30:00.000Z',
    subject: '来电 ☎️',
    body: 'مرحبا بالعالم',
    customerId,
    customer: { id: customerId },
    createdBy: subject,
  })
  await svc.relay()
  await svc.relay()
  expect((await svc.published(contactRecorded)).filter(({ id }) => id === contact.id)).toEqual([
    {
      id: contact.id,
      version: 1,
      customerId,
      kind: 'CALL',
      direction: 'INBOUND',
      status: 'RECORDED',
      occurredAt: '2026-03-10T04:30:00.000Z',
    },
  ])
  const read = await svc
    .as('privacy_officer')
    .query('query ($id: ID!) { contact(id: $id) { body } }', { id: contact.id })
  expect(read).toEqual({ contact: { body: 'مرحبا بالعالم' } })
})

test('a note without a time was made now', async () => {
  const note = await record({ kind: 'NOTE', direction: 'INTERNAL', subject: null, body: 'b' })
  expect(note).toMatchObject({ subject: null, occurredAt: clock.now.toISOString() })
})

test.each([
  ['neither subject nor body', { subject: null }, 'contact.empty', 'input.body'],
  ['a blank body', { body: '  ' }, 'text.required', 'input.body'],
  ['a subject that is too long', { subject: '😀'.repeat(501) }, 'text.too_long', 'input.subject'],
  ['a time in the future', { occurredAt: '2026-03-10T08:02:00Z' }, 'time.future', 'input.occurredAt'],
])('%s is refused', async (_, fields, reason, path) => {
  await expect(record(fields)).rejects.toMatchObject({ code: 'INVALID', reason, fields: [{ path, reason }] })
})

test('a subject of as many characters as are permitted is one, whatever their length in bytes', async () => {
  const subject = '😀'.repeat(500)
  expect(await record({ subject })).toMatchObject({ subject })
})

test('who may not, is refused; whom nobody knows, is not found', async () => {
  await expect(record({}, 'analyst')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(record({}, { roles: ['sales'], tenant: 'globex' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const { id } = await record()
  for (const [as, unknown] of [
    [svc.as({ roles: ['admin'], tenant: 'globex' }), id],
    [svc.as('sales'), 'x'],
  ] as const) {
    await expect(as.query('query ($id: ID!) { contact(id: $id) { id } }', { id: unknown })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }
})

test('an idempotency key records one contact', async () => {
  const me = { roles: ['service'], subject: randomUUID() }
  const [one, other] = await Promise.all([record({ idempotencyKey: 'k' }, me), record({ idempotencyKey: 'k' }, me)])
  expect(other).toEqual(one)
})

test('the contacts of many customers cost one statement, the latest first', async () => {
  const ids = await knownCustomers(svc, 4)
  for (const id of ids)
    for (const hour of ['05', '07', '06']) await record({ customerId: id, occurredAt: `2026-03-10T${hour}:00:00Z` })
  statements.length = 0
  const { _entities } = await svc
    .as('manager')
    .query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { contacts(first: 2) { nodes { occurredAt } pageInfo { hasNextPage } } } } }',
      { r: ids.map((id) => ({ __typename: 'Customer', id })) },
    )
  const contacts = {
    nodes: [{ occurredAt: '2026-03-10T07:00:00.000Z' }, { occurredAt: '2026-03-10T06:00:00.000Z' }],
    pageInfo: { hasNextPage: true },
  }
  expect(_entities).toEqual(ids.map(() => ({ contacts })))
  expect(statements.filter((sql) => sql.includes('"contact"'))).toHaveLength(1)
})
