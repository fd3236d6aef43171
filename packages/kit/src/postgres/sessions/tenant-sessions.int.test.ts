import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { createTenantSessions, TenantRead, tenantStatement } from '@clientele/kit'
import { example } from '@clientele/testkit/example/example.service'
import { Note } from '@clientele/testkit/example/note.entity'
import { startForTest } from '@clientele/testkit/service'
import pg from 'pg'

const svc = await startForTest(example)
const notesOf = async (tenant: string) => {
  const titles = Array.from({ length: 20 }, (_, at) => `${tenant} ${at}`)
  const ctx = svc.context({ subject: 'ann', roles: ['manager'], tenant, territories: [], kind: 'person' })
  await ctx.transaction(async (tx) => {
    for (const title of titles) tx.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title, rank: 0 } as never)
  })
  return titles.toSorted()
}
const notes = { acme: await notesOf('acme'), globex: await notesOf('globex') }
const open = (o: Parameters<typeof createTenantSessions>[1] = {}) => {
  const sessions = createTenantSessions(svc.urls.url, o)
  svc.defer(sessions.close)
  return sessions
}
const ALL = 'select title from note order by title collate "C"'
const sessions = open({ most: 1 })
const seen = async (tenant: string, from = sessions) => (await from.read(tenant, 'all', ALL, [])).map(([id]) => id)

test('a read sees its tenant alone, side by side with those of others on one session', async () => {
  const tenants = Array.from({ length: 60 }, (_, at) => (at % 3 ? 'acme' : 'globex'))
  const answers = await Promise.all(tenants.map((tenant) => seen(tenant)))
  expect(answers).toEqual(tenants.map((tenant) => notes[tenant]))
})

test('another tenant sees nothing, and nobody reads without one', async () => {
  expect(await seen('nobody')).toEqual([])
  await expect(seen('')).rejects.toThrow('nothing is read without a tenant')
})

test('an error inside harms neither those before and behind it nor the session', async () => {
  const [before, broken, behind] = await Promise.allSettled([
    seen('acme'),
    sessions.read('acme', 'broken', 'select 1 / (select count(*) from note where false)', []),
    seen('globex'),
  ])
  expect(before).toMatchObject({ value: notes.acme })
  expect(broken).toMatchObject({ reason: { code: '22012' } })
  expect(behind).toMatchObject({ value: notes.globex })
})

test('how long reads take is told, of those that fail too', async () => {
  const told: [string, string][] = []
  const watched = open({ observe: (pool, outcome, seconds) => void (seconds > 0 && told.push([pool, outcome])) })
  await seen('acme', watched)
  await watched.read('acme', 'broken', 'select 1 / (select count(*) from note where false)', []).catch(() => {})
  expect(told).toEqual([
    ['reads', 'ok'],
    ['reads', 'failed'],
  ])
})

test.each([
  ['a read', 'acme', ALL, undefined],
  ['an error', 'acme', 'select 1 / (select count(*) from note where false)', '22012'],
  ['a write', 'acme', 'update note set version = 7', '25006'],
  ['a tenant that cannot be set', 'ac\0me', ALL, '22021'],
  ['a statement that is none', 'acme', 'selekt', '42601'],
])('after %s the session has no tenant', async (_, tenant, text, code) => {
  const one = open({ most: 1 })
  const tenantNow = async () =>
    (await one.read('acme', 'nobody', `select count(*)::text, current_setting('app.tenant', true) from note`, []))[0]
  const before = await tenantNow()
  const read = one.read(tenant, 'read', text, [])
  // What comes right behind it is of its own tenant.
  const behind = one.read('globex', 'all', ALL, [])
  await (code ? expect(read).rejects.toMatchObject({ code }) : read)
  expect((await behind).map(([title]) => title)).toEqual(notes.globex)
  expect(await tenantNow()).toEqual(before)
})

test('the tenant ends with its statement, and nothing is seen without one', async () => {
  const client = new pg.Client({ connectionString: svc.urls.url, pipeline: true })
  await client.connect()
  await client.query({ ...tenantStatement, values: [''] })
  for (const text of [ALL, 'select 1 / (select count(*) from note where false)', 'selekt']) {
    const read = new TenantRead('acme', { name: text.slice(0, 10), text, values: [] })
    client.query(read as never)
    const behind = client.query(ALL)
    await read.found.catch(() => {})
    expect((await behind).rows).toEqual([])
    const { rows } = await client.query(`select current_setting('app.tenant', true) as tenant`)
    expect(rows[0].tenant || null).toBeNull()
  }
  await client.end()
})

test('where the tenant cannot be set its statement is not run, and the next one is', async () => {
  const one = open({ most: 1 })
  const WRITTEN = `select set_config('test.ran', coalesce(current_setting('test.ran', true), '') || $1::text, false)`
  await expect(one.read('ac\0me', 'write', WRITTEN, ['first'])).rejects.toMatchObject({ code: '22021' })
  expect(await one.read('acme', 'write', WRITTEN, ['second'])).toEqual([['second']])
})

test('a connection that is cut fails the reads on it and is replaced', async () => {
  const slow = sessions.read('acme', 'cut', 'select pg_terminate_backend(pg_backend_pid())', [])
  const waiting = seen('globex')
  await expect(slow).rejects.toThrow()
  await expect(waiting).rejects.toThrow()
  expect(await seen('globex')).toEqual(notes.globex)
})

test('a session that prepared too many statements makes room for another', async () => {
  const few = open({ most: 1, mostPrepared: 3 })
  const pids = new Set<unknown>()
  for (let at = 0; at < 12; at++) {
    pids.add((await few.read('acme', `pid${at}`, `select pg_backend_pid(), ${at}`, []))[0]![0])
    expect(await seen('acme', few)).toEqual(notes.acme)
  }
  expect(pids.size).toBeGreaterThan(3)
})

test('nobody waits behind a slow statement while another session is free', async () => {
  const two = open({ most: 2 })
  const holder = new pg.Client({ connectionString: svc.urls.url })
  await holder.connect()
  await holder.query('select pg_advisory_lock(7)')
  const slow = two.read('acme', 'slow', 'select pg_advisory_xact_lock(7)::text', [])
  // For longer than an answer may take until its session counts as stalled.
  await setTimeout(60)
  expect(await seen('globex', two)).toEqual(notes.globex)
  await holder.end()
  await slow
})

test('nothing is read from sessions that are closed', async () => {
  const closed = open()
  expect(await seen('acme', closed)).toEqual(notes.acme)
  await closed.close()
  await expect(seen('acme', closed)).rejects.toThrow('closed')
})
