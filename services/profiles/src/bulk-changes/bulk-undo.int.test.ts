import { randomUUID } from 'node:crypto'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const job = svc.jobs.find(({ name }) => name === 'profiles-carry-out-bulk-changes')!

const run = async (verb: string, input: object, as = admin, selected = 'id') => {
  const type = `${verb[0]!.toUpperCase()}${verb.slice(1)}Input`
  return (await as.mutate(`mutation ($input: ${type}!) { done: ${verb}(input: $input) { ${selected} } }`, { input }))
    .done
}
const runToEnd = async () => {
  while (await job.run());
}
const read = async (id: string) =>
  (
    await admin.query(
      `query ($id: ID!) { bulkChange(id: $id) { status changed undone notUndone progress remaining undoUntil
        errors(first: 100) { nodes { customerId code reason message } } } }`,
      { id },
    )
  ).bulkChange
const done = async (input: object, as = admin): Promise<string> => {
  const { id } = await run('startBulkChange', input, as)
  await runToEnd()
  return id
}
const undone = async (id: string, as = admin) => {
  await run('undoBulkChange', { id }, as)
  await runToEnd()
  return read(id)
}
const make = async (input: object = {}): Promise<string> =>
  (await run('createCustomer', { kind: 'ORGANIZATION', displayName: '北京橡木 🪵', ...input })).id
const customer = async (id: string) =>
  (
    await admin.query(
      `query ($id: ID!) { customer(id: $id) { version status ownerId territory source tags { name }
        organization { legalName industry sizeBand } } }`,
      { id },
    )
  ).customer
const staff = async () => {
  const { id, subject } = await run(
    'recordStaff',
    { subject: `s-${randomUUID()}`, name: '陈晓雨' },
    admin,
    'id subject',
  )
  return { id, subject }
}
const leave = (id: string) => run('markStaffLeft', { id })
const sales = (subject: string, territory = 'emea'): TestActor => ({
  roles: ['sales'],
  subject,
  territories: [territory],
})

test('sales who gave their customers away take them back', async () => {
  const [mia, ben] = [await staff(), await staff()]
  const ids = [
    await make({ ownerId: mia.subject, territory: 'emea' }),
    await make({ ownerId: mia.subject, territory: 'emea/de' }),
  ]
  const fields = { ownerId: ben.subject }
  const id = await done({ ids, kind: 'SET_FIELDS', fields }, svc.as(sales(mia.subject)))
  expect(await read(id)).toMatchObject({ changed: 2 })
  expect(await undone(id, svc.as(sales(mia.subject)))).toMatchObject({ undone: 2, notUndone: 0, errors: { nodes: [] } })
  for (const one of ids) expect((await customer(one)).ownerId).toBe(mia.subject)
})

test('customers get back an owner who has left since', async () => {
  const [gone, ben] = [await staff(), await staff()]
  const id = await make({ ownerId: gone.subject, source: 'fair' })
  await leave(gone.id)
  const bulk = await done({ ids: [id], kind: 'SET_FIELDS', fields: { ownerId: ben.subject, source: null } })
  expect(await customer(id)).toMatchObject({ ownerId: ben.subject, source: null })
  expect(await undone(bulk)).toMatchObject({ undone: 1, notUndone: 0 })
  expect(await customer(id)).toMatchObject({ ownerId: gone.subject, source: 'fair' })
})

test('customers get back a tag that is given no longer, and one that goes on as another', async () => {
  const [retired, merged, into] = [1, 2, 3].map((at) => `标签 ${at} ${randomUUID()}`)
  const id = await make({ tags: [retired, merged] })
  const bulk = await done({ ids: [id], kind: 'REMOVE_TAGS', tags: [retired, merged] })
  await make({ tags: [into] })
  const { tags } = await admin.query('{ tags { id name } }')
  const idOf = (name?: string) => tags.find((tag: { name: string }) => tag.name === name).id
  await run('retireTag', { id: idOf(retired) })
  await run('mergeTags', { id: idOf(merged), intoId: idOf(into) })
  await run('retireTag', { id: idOf(into) })
  expect(await undone(bulk)).toMatchObject({ undone: 1, notUndone: 0 })
  const names = (await customer(id)).tags.map(({ name }: { name: string }) => name)
  expect(names.toSorted()).toEqual([retired, into].toSorted())
})

test('details of organisations are put back beside those that a bulk change does not set', async () => {
  const id = await make({ organization: { legalName: 'شركة البلوط', sizeBand: 'FROM_1_TO_9' } })
  const none = await make()
  const before = [await customer(id), await customer(none)]
  const fields = { industry: 'MANUFACTURING', sizeBand: null, territory: 'apac' }
  const bulk = await done({ ids: [id, none], kind: 'SET_FIELDS', fields })
  expect(await customer(none)).toMatchObject({ organization: { industry: 'MANUFACTURING' } })
  expect(await undone(bulk)).toMatchObject({ undone: 2 })
  expect(await customer(id)).toMatchObject({ territory: null, organization: before[0].organization })
  expect((await customer(none)).organization?.industry ?? null).toBeNull()
})

test('what could not be undone can be tried again, by an admin too; what was changed since stays', async () => {
  const [mia, ben] = [await staff(), await staff()]
  const mine = { ownerId: mia.subject, territory: 'emea' }
  const ids = [await make(mine), await make(mine), await make(mine)]
  const id = await done({ ids, kind: 'SET_FIELDS', fields: { ownerId: ben.subject } }, svc.as(sales(mia.subject)))
  await run('updateCustomer', { id: ids[2], source: 'later' })
  await run('undoBulkChange', { id }, svc.as(sales(mia.subject)))
  await leave(mia.id)
  await runToEnd()
  const first = await read(id)
  expect(first).toMatchObject({ status: 'UNDONE', undone: 0, notUndone: 3, progress: 1 })
  expect(first.errors.nodes.map(({ reason }: { reason: string }) => reason)).toEqual(
    ids.map(() => 'bulk_change.author_left'),
  )
  const again = await undone(id)
  expect(again).toMatchObject({ status: 'UNDONE', undone: 2, notUndone: 1, undoUntil: first.undoUntil })
  expect(again.errors.nodes).toMatchObject([{ customerId: ids[2], reason: 'bulk_change.changed_since' }])
  expect((await customer(ids[0]!)).ownerId).toBe(mia.subject)
  expect(await undone(id)).toMatchObject({ status: 'UNDONE', undone: 2, notUndone: 1 })
})

test('what was undone as a whole is not undone again', async () => {
  const id = await done({ ids: [await make()], kind: 'ARCHIVE' })
  expect(await undone(id)).toMatchObject({ undone: 1 })
  expect(await outcome(undone(id))).toBe('CONFLICT bulk_change.undone')
})

test('whoever has lost the territory since takes nothing back there', async () => {
  const subject = `m-${randomUUID()}`
  const manager = (territory: string): TestActor => ({ roles: ['manager'], subject, territories: [territory] })
  const id = await make({ territory: 'emea/de' })
  const bulk = await done({ ids: [id], kind: 'SET_FIELDS', fields: { territory: 'emea/fr' } }, svc.as(manager('emea')))
  expect(await undone(bulk, svc.as(manager('emea/fr')))).toMatchObject({
    notUndone: 1,
    errors: { nodes: [{ code: 'NOT_FOUND', reason: 'customer.unknown' }] },
  })
  expect((await customer(id)).territory).toBe('emea/fr')
  expect(await undone(bulk, svc.as(manager('emea')))).toMatchObject({ undone: 1, notUndone: 0 })
})

test('a refusal names the place that the input has', async () => {
  const [mia, id] = [await staff(), await make()]
  const { id: bulk } = await run('startBulkChange', { ids: [id], kind: 'SET_FIELDS', fields: { ownerId: mia.subject } })
  await leave(mia.id)
  await runToEnd()
  expect((await read(bulk)).errors.nodes).toMatchObject([
    { reason: 'staff.left', message: expect.stringMatching(/^fields\.ownerId: /) },
  ])
})
