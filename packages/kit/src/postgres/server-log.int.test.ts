import { randomUUID } from 'node:crypto'
import { type Context, createLog, isUnavailable } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { postgresLog } from '@clientele/testkit/backing'
import { example } from '@clientele/testkit/example/example.service'
import { Note, NoteKind } from '@clientele/testkit/example/note.entity'
import type { EntityManager } from '@mikro-orm/postgresql'
import pg from 'pg'

/** A name that is nowhere else, as a client would send it. */
const planted = `Wang Xiaoming ${randomUUID()} O'Neil "小明"`
const telling = planted.slice(0, 40)
const lines: string[] = []
const log = createLog({ name: 'test', level: 'trace', destination: { write: (line) => void lines.push(line) } })
const svc = await startForTest(example, { log })
const ctx = svc.context({ subject: 't', roles: ['manager'], tenant: 'acme', territories: [''], kind: 'person' })

const owner = new pg.Client({ connectionString: svc.urls.ownerUrl })
beforeAll(async () => {
  await owner.connect()
  await owner.query(`alter table note add check (rank < 100), alter title type varchar(200)`)
  await owner.query(`create unique index note_remark on note (tenant, remark)`)
  await owner.end()
})

const aNote = (fields: object = {}) => ({
  subjectId: randomUUID(),
  rank: 0,
  kind: NoteKind.PLAIN,
  title: planted,
  ...fields,
})
const stored = (fields: object = {}) =>
  ctx.transaction(async (tx) => {
    const note = tx.em.create(Note, aNote(fields))
    await tx.em.flush()
    return note
  })
const insert = (em: EntityManager, ...notes: object[]) => {
  for (const fields of notes) em.create(Note, aNote(fields))
  return em.flush()
}
const change = (ids: string[], fields: object) => async (em: EntityManager) => {
  for (const note of await em.find(Note, { id: { $in: ids } })) Object.assign(note, fields)
  return em.flush()
}
const inTransaction = (work: (em: EntityManager) => Promise<unknown>) => ctx.transaction((tx) => work(tx.em))

/** Two transactions, of which each holds what the other waits for; one of them is ended. */
const deadlock = async () => {
  const [a, b] = [await stored(), await stored()]
  const held = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const each = (mine: string, other: string, at: 0 | 1) =>
    svc
      .context(ctx.actor)
      .em.fork()
      .transactional(async (em) => {
        await em.execute('update note set title = ? where id = ?', [planted, mine])
        held[at]!.resolve()
        await held[1 - at]!.promise
        await em.execute('update note set title = ? where id = ?', [planted, other])
      })
  const outcomes = await Promise.allSettled([each(a.id, b.id, 0), each(b.id, a.id, 1)])
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}

const serialization = async () => {
  const { id } = await stored()
  const work = async (em: EntityManager) => {
    await em.execute('select title from note where id = ?', [id])
    await inTransaction((other) => other.execute('update note set title = ? where id = ?', [planted, id]))
    await em.execute('update note set title = ? where id = ?', [planted, id])
  }
  await svc
    .context(ctx.actor)
    .em.fork()
    .transactional(work, { isolationLevel: 'repeatable read' as never })
}

const failures: Record<string, (context: Context) => Promise<unknown>> = {
  'a CHECK, by an insert': () => inTransaction((em) => insert(em, { rank: 100 })),
  'a CHECK, by an insert of many': () => inTransaction((em) => insert(em, {}, { rank: 100 }, {})),
  'a CHECK, by an update': async () => inTransaction(change([(await stored()).id], { title: planted, rank: 100 })),
  'a CHECK, by an update of many': async () =>
    inTransaction(change([(await stored()).id, (await stored()).id], { title: planted, rank: 100 })),
  'a unique index': () => inTransaction((em) => insert(em, { remark: planted }, { remark: planted })),
  'a text that is too long': () => inTransaction((em) => insert(em, { title: planted.repeat(9) })),
  'no value where one must be': () =>
    inTransaction((em) => em.execute('insert into note (id, title) values (?, ?)', [randomUUID(), planted])),
  "another tenant's row": () =>
    inTransaction((em) =>
      em.execute(`update note set tenant = 'other', remark = ? where title = ?`, [planted, planted]),
    ),
  'wrong SQL': () => inTransaction((em) => em.execute('select frm note where title = ?', [planted])),
  'a column that is not there': () => inTransaction((em) => em.execute('select 1 from note where name = ?', [planted])),
  'a division by zero': () => inTransaction((em) => em.execute('select 1 / 0 from (select ?::text) t', [planted])),
  'an answer that takes too long': () =>
    inTransaction(async (em) => {
      await em.execute(`select set_config('statement_timeout', '5', true)`)
      await em.execute('select pg_sleep(10), ?::text', [planted])
    }),
  'a deadlock': deadlock,
  'a serialization failure': serialization,
  'a dead letter that cannot be written': () =>
    svc.database.system.query('insert into dead_letter (tenant, id) values ($1, $2)', [planted, randomUUID()]),
}

/** What a client sends where something else is expected: it is refused before PostgreSQL could quote it. */
const requests: [string, string, object][] = [
  ['an id', 'query ($v: ID!) { note(id: $v) { id } }', {}],
  ['a cursor', 'query ($v: String) { notes(first: 1, after: $v) { totalCount } }', {}],
  ['a filter', 'query ($v: String) { notes(first: 1, filter: { title: { contains: $v } }) { totalCount } }', {}],
  ['an id to change', 'mutation ($v: ID!) { changeNote(input: { id: $v, title: "x" }) { id } }', {}],
  [
    'a reference',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Note { title } } }',
    { r: [{ __typename: 'Note', id: planted }] },
  ],
  [
    'the key of a list',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { notes(first: 2) { totalCount nodes { id } } } } }',
    { r: [{ __typename: 'Subject', id: planted }] },
  ],
]

const auditOf = async () => (await svc.database.system.query('select e::text as entry from audit_entry e')).rows
afterEach(async () => {
  for (const place of [await postgresLog(), lines.join('\n'), JSON.stringify(await auditOf())]) {
    expect(place.includes(telling)).toBe(false)
  }
})

test.each(Object.entries(failures))('%s puts no value into a log', async (_, fail) => {
  const before = (await postgresLog()).length
  const error = await fail(ctx).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  log.error({ err: error }, String((error as Error).message))
  expect(error).toBeInstanceOf(Error)
  expect(isUnavailable(error)).toBe(false)
  expect((await postgresLog()).slice(before)).toContain('ERROR:')
})

test.each(requests)('%s that is none puts no value into a log', async (_, document, variables) => {
  await svc.as('manager').request(document, { v: planted, ...variables })
})
