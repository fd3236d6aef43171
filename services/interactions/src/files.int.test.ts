import { readdir } from 'node:fs/promises'
import {
  complaintFileStaged,
  contactFileRefused,
  staffEntityId,
  staffRecorded,
  taskFileRemoved,
  visitFileAttached,
} from '@clientele/contracts'
import { goOff, outcome, startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../fixture/complaints.js'
import { customersOf } from '../fixture/customers.js'
import { aMember, logistics } from '../fixture/staff.js'
import { createTasks } from '../fixture/tasks.js'
import { createVisits } from '../fixture/visits.js'
import { interactions } from './service.js'

const clock = { aheadMs: 0 }
const svc = await startForTest(interactions, { now: () => new Date(Date.now() + clock.aheadMs) })
const { near, far } = await customersOf(svc, { near: { territory: 'emea/de' }, far: { territory: 'amer' } })
for (const member of [
  aMember('ann', { substitute: staffEntityId('ben') }),
  aMember('ben'),
  aMember('team-mate', { teams: [logistics] }),
])
  await svc.deliver(staffRecorded, member)
await svc.drain()

type Owner = 'Visit' | 'Complaint' | 'Contact' | 'Task'
type Actor = string | TestActor
const keyOf = (owner: Owner) => `${owner.toLowerCase()}Id`
const FIELDS = 'id name bytes status mediaType refusal url uploadUrl version'
const run = async (verb: 'stage' | 'attach' | 'remove', owner: Owner, input: object, as: Actor = 'admin') => {
  const type = `${verb === 'stage' ? 'Stage' : ''}${owner}FileInput`
  const name = `${verb}${owner}File`
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${FIELDS} ${owner.toLowerCase()} { id } } }`
  return (await svc.as(as).mutate(document, { input }))[name]
}
const stage = (owner: Owner, id: string, as?: Actor, fields: object = {}) =>
  run('stage', owner, { [keyOf(owner)]: id, name: '照片 🙂 صورة.txt', bytes: 4, ...fields }, as)
const attached = async (owner: Owner, id: string, body = 'text', as?: Actor) => {
  const file = await stage(owner, id, as)
  expect((await fetch(file.uploadUrl, { method: 'PUT', body })).status).toBe(200)
  return run('attach', owner, { id: file.id }, as)
}
const filesOf = async (owner: Owner, id: string, as: Actor = 'admin') => {
  const one = owner.toLowerCase()
  return (await svc.as(as).query(`query ($id: ID!) { ${one}(id: $id) { files { ${FIELDS} } } }`, { id }))[one].files
}
const objects = async () => {
  const { settings } = svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' })
  const names = await readdir(String(settings.FILES_FOLDER), { recursive: true }).catch(() => [])
  return new Set(names.map((name) => name.split('/').at(-1)))
}

const RECORD = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }'
const make: Record<Owner, (customerId: string, fields?: object) => Promise<{ id: string }>> = {
  Visit: (customerId, fields) => createVisits(svc, customerId).plan(fields, 'admin'),
  Complaint: (customerId) => createComplaints(svc, customerId).receive(),
  Contact: async (customerId) => {
    const input = { customerId, kind: 'MAIL', direction: 'INBOUND', body: 'b' }
    return (await svc.as('admin').mutate(RECORD, { input })).recordContact
  },
  Task: (customerId, fields) => createTasks(svc).create({ customerId, assigneeId: 'ann', ...fields }, 'admin'),
}
const owners = Object.keys(make) as Owner[]

test.each(owners)('a file of a %s is announced, uploaded, attached, had, and removed', async (owner) => {
  const { id } = await make[owner](near)
  const file = await attached(owner, id)
  expect(file).toMatchObject({ status: 'READY', mediaType: 'text/plain; charset=utf-8', [owner.toLowerCase()]: { id } })
  expect(await (await fetch(file.url)).text()).toBe('text')
  expect(await filesOf(owner, id)).toMatchObject([{ id: file.id, name: '照片 🙂 صورة.txt' }])
  await run('remove', owner, { id: file.id })
  expect(await filesOf(owner, id)).toEqual([])
  expect(await outcome(run('attach', owner, { id: file.id }))).toBe('NOT_FOUND file.unknown')
  await goOff(svc)
  expect(await objects()).not.toContain(file.id)
})

test.each(owners)('files of a %s go with it', async (owner) => {
  const { id } = await make[owner](near)
  const file = await attached(owner, id)
  const kept = await attached(owner, (await make[owner](near)).id)
  const ctx = svc.context({ subject: 'a', roles: ['admin'], tenant: 'acme', territories: [''], kind: 'person' })
  await ctx.transaction((tx) => tx.em.execute(`delete from ${owner.toLowerCase()} where id = ?`, [id]))
  await goOff(svc)
  expect(await objects()).not.toContain(file.id)
  expect(await objects()).toContain(kept.id)
})

test('what a link takes after its file has gone does not stay either', async () => {
  const { id } = await make.Visit(near)
  const file = await stage('Visit', id)
  const ctx = svc.context({ subject: 'a', roles: ['admin'], tenant: 'acme', territories: [''], kind: 'person' })
  await ctx.transaction((tx) => tx.em.execute('delete from visit where id = ?', [id]))
  await goOff(svc)
  expect((await fetch(file.uploadUrl, { method: 'PUT', body: 'text' })).status).toBe(200)
  expect(await objects()).toContain(file.id)
  clock.aheadMs = 2 * 3_600_000
  await goOff(svc)
  clock.aheadMs = 0
  expect(await objects()).not.toContain(file.id)
})

const german: TestActor = { roles: ['sales'], subject: 'kim', territories: ['emea'] }
test.each(owners)('files of a %s are whose it is', async (owner) => {
  const [here, there] = [await make[owner](near), await make[owner](far)]
  const { id } = await stage(owner, there.id)
  expect(await outcome(stage(owner, here.id, german))).toBe('OK')
  expect(await outcome(stage(owner, there.id, german))).toBe(`NOT_FOUND ${owner.toLowerCase()}.unknown`)
  expect(await outcome(run('remove', owner, { id }, german))).toBe('NOT_FOUND file.unknown')
  expect(await outcome(run('remove', owner, { id }, { roles: ['admin'], tenant: 'globex' }))).toBe(
    'NOT_FOUND file.unknown',
  )
  expect(await outcome(run('remove', owner, { id }, 'analyst'))).toBe('FORBIDDEN role')
  expect(await filesOf(owner, there.id, 'analyst')).toMatchObject([{ id, bytes: 4, name: null, url: null }])
  expect(await outcome(run('remove', owner, { id }, { ...german, roles: ['manager'], territories: ['amer'] }))).toBe(
    'OK',
  )
})

test('whoever makes a visit, or stands in for them, attaches files to it', async () => {
  const { id } = await make.Visit(far, { assigneeId: 'ann' })
  for (const subject of ['ann', 'ben']) {
    const file = await attached('Visit', id, 'text', { ...german, subject })
    expect(await outcome(run('remove', 'Visit', { id: file.id }, { ...german, subject }))).toBe('OK')
  }
  expect(await outcome(stage('Visit', id, 'service'))).toBe('FORBIDDEN role')
})

test('service attaches to its own tasks and sees those of others; the team of a complaint attaches to it', async () => {
  const { id } = await make.Task(far)
  expect(await outcome(attached('Task', id, 'text', { roles: ['service'], subject: 'ann' }))).toBe('OK')
  expect(await outcome(stage('Task', id, { roles: ['service'], subject: 'kim' }))).toBe('FORBIDDEN access_scope')
  expect(await filesOf('Task', id, { roles: ['service'], subject: 'kim' })).toHaveLength(1)
  const complaint = await createComplaints(svc, far).at('ASSESSED')
  const mate = { ...german, subject: 'team-mate' }
  expect(await outcome(attached('Complaint', complaint.id, 'text', mate))).toBe('OK')
  expect(await outcome(stage('Complaint', complaint.id, german))).toBe('NOT_FOUND complaint.unknown')
})

test('a task about nobody has files too', async () => {
  const { id } = await createTasks(svc).create({ assigneeId: 'ann' }, 'admin')
  expect(await attached('Task', id, 'text', { roles: ['sales'], subject: 'ann' })).toMatchObject({ status: 'READY' })
})

test('a visit has at most twenty files, also when they come at once; a repeated request announces one', async () => {
  const { id } = await make.Visit(near)
  const boss = { roles: ['admin'], subject: 'boss' }
  const once = { idempotencyKey: 'once' }
  const [first, again] = [await stage('Visit', id, boss, once), await stage('Visit', id, boss, once)]
  expect(again.id).toBe(first.id)
  for (let made = 1; made < 18; made++) await stage('Visit', id)
  const last = await Promise.all(Array.from({ length: 4 }, () => outcome(stage('Visit', id))))
  expect(last.toSorted()).toEqual(['CONFLICT file.too_many', 'CONFLICT file.too_many', 'OK', 'OK'])
})

test('what happens to files is told', async () => {
  const [visit, complaint, contact, task] = [
    await make.Visit(near),
    await make.Complaint(near),
    await make.Contact(near),
    await make.Task(near),
  ]
  const ready = await attached('Visit', visit.id)
  const staged = await stage('Complaint', complaint.id)
  const refused = await attached('Contact', contact.id, 'MZ\0\0')
  const removed = await attached('Task', task.id)
  await run('remove', 'Task', { id: removed.id })
  await svc.relay()
  const told = { customerId: near, bytes: 4, refusal: null, mediaType: null }
  const text = 'text/plain; charset=utf-8'
  expect(await svc.published(visitFileAttached)).toContainEqual({
    ...{ ...told, id: ready.id, version: 2, visitId: visit.id, status: 'READY', mediaType: text },
  })
  expect(await svc.published(complaintFileStaged)).toContainEqual({
    ...{ ...told, id: staged.id, version: 1, complaintId: complaint.id, status: 'STAGED' },
  })
  expect(await svc.published(contactFileRefused)).toContainEqual({
    ...{ ...told, id: refused.id, version: 2, contactId: contact.id, status: 'REFUSED', refusal: 'TYPE' },
  })
  expect(await svc.published(taskFileRemoved)).toContainEqual({
    ...{ ...told, id: removed.id, version: 3, taskId: task.id, status: 'READY', mediaType: text },
  })
})
