import { randomUUID } from 'node:crypto'
import type { Rights } from '@clientele/contracts'
import { type Behalf, locked, type Transaction } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { Note } from '@clientele/testkit/example/note.entity'
import { notePolicy } from '@clientele/testkit/example/note.policy'

const svc = await startForTest(example)
const service = { roles: ['service_account'], territories: [], kind: 'service' as const, subject: 'service:example' }
const within = <T>(tenant: string, work: (tx: Transaction) => Promise<T>) =>
  svc.context({ ...service, tenant }).transaction(work)
const behalf = (fields: Partial<Behalf> = {}): Behalf => ({
  ...{ subject: 'ann', kind: 'automation', id: randomUUID() },
  ...fields,
})
const rights = (...roles: string[]): Rights => ({ roles, territories: [] })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code, reason }) => `${code} ${reason}`,
  )
const make = (tx: Transaction) => {
  const note = tx.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title: '自动', rank: 0 } as never)
  return { note, eventId: tx.emit(noteCreated, note, { subjectId: note.subjectId, kind: note.kind }) }
}
const entries = async (tenant: string) => {
  const { rows } = await svc.database.system.query('select * from audit_entry where tenant = $1 order by position', [
    tenant,
  ])
  return rows
}

test('both are in the audit log, and the event names its cause', async () => {
  const cause = randomUUID()
  const onBehalfOf = behalf({ subject: '林 🦊' })
  const made = await within('both', async (tx) => make(tx.onBehalfOf(onBehalfOf, rights('sales'), cause)))
  expect(await entries('both')).toMatchObject([
    {
      ...{ action: 'note.created', subject: 'service:example', roles: ['service_account'], outcome: 'DONE' },
      ...{ on_behalf_of: '林 🦊', on_behalf_kind: 'automation', on_behalf_id: onBehalfOf.id },
    },
  ])
  const { rows } = await svc.database.system.query('select event from outbox where event_id = $1', [made.eventId])
  expect(JSON.parse(rows[0].event)).toMatchObject({ causationid: cause })
})

test.each([
  ['who may write everything', 'manager', 'done'],
  ['who may write what is their own only', 'sales', 'FORBIDDEN access_scope'],
  ['who may not write', 'analyst', 'FORBIDDEN role'],
  ['who has no role any more', '', 'FORBIDDEN role'],
])('on behalf of %s: no more than they may at present', async (_, role, expected) => {
  const { note } = await within('present', async (tx) => make(tx))
  const change = (tx: Transaction) =>
    locked(tx.onBehalfOf(behalf(), rights(role)), Note, note.id, notePolicy.write).then((found) => {
      found.title = 'changed'
      tx.emit(noteChanged, found, { subjectId: found.subjectId, kind: found.kind })
    })
  expect(await refusal(within('present', change))).toBe(expected)
})

test('what is their own is that of whom the service acts for', async () => {
  const id = await svc
    .context({ subject: 'ann', roles: ['sales'], territories: [], tenant: 'own', kind: 'person' })
    .transaction(async (tx) => make(tx).note.id)
  const read = (subject: string) =>
    within('own', (tx) =>
      locked(tx.onBehalfOf(behalf({ subject }), rights('sales')), Note, id, notePolicy.write).then(() => {}),
    )
  expect(await refusal(read('ann'))).toBe('done')
  expect(await refusal(read('bob'))).toBe('FORBIDDEN access_scope')
})

test('what the policy does not name for this kind, no service does for anybody', async () => {
  const work = within('kinds', async (tx) =>
    tx.onBehalfOf(behalf({ kind: 'import' }), rights('manager')).allow(notePolicy.write),
  )
  expect(await refusal(work)).toBe('FORBIDDEN role')
})

test('a refusal says for whom it was tried', async () => {
  await within('refused', async (tx) =>
    tx.onBehalfOf(behalf(), rights('analyst')).trail.denied({ action: 'createNote', reason: 'role' }),
  )
  expect(await entries('refused')).toMatchObject([{ outcome: 'DENIED', reason: 'role', on_behalf_of: 'ann' }])
})
