import { createHash, randomUUID } from 'node:crypto'
import { type Context, createLog, locked, run, type Transaction } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { Note } from '@clientele/testkit/example/note.entity'
import { notePolicy } from '@clientele/testkit/example/note.policy'

const svc = await startForTest(example)
const actor = { subject: 'writer', roles: ['manager'], tenant: 'acme', territories: [], kind: 'person' as const }
const ctx = svc.context(actor)
const create = (tx: Transaction, title = 't') =>
  tx.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title, rank: 0 } as never)
const data = (note: Note) => ({ subjectId: note.subjectId, kind: note.kind })
const rows = async (sql: string, ...values: unknown[]) => ctx.em.execute<Record<string, unknown>[]>(sql, values)

const faults: [string, (tx: Transaction) => Promise<unknown> | unknown, RegExp][] = [
  [
    'two events of one entity',
    (tx) => {
      const note = create(tx)
      tx.emit(noteCreated, note, data(note))
      tx.emit(noteChanged, note, data(note))
    },
    /note\.changed.*one event per entity/,
  ],
  [
    'an event of an entity that did not change',
    async (tx) => {
      const note = await tx.em.findOneOrFail(Note, { title: 'unchanged' })
      tx.emit(noteChanged, note, data(note))
    },
    /note\.changed.*new or changed/,
  ],
  [
    'data that its contract does not know',
    (tx) => {
      const note = create(tx)
      tx.emit(noteCreated, note, { subjectId: 'no id', kind: note.kind })
    },
    /note\.created.*subjectId/,
  ],
  [
    'an event with half a character',
    (tx) => {
      const note = create(tx)
      tx.emit(noteCreated, note, { ...data(note), kind: '👋'.slice(0, 1) })
    },
    /note\.created.*malformed text at kind/,
  ],
  ['a row with half a character', (tx) => void create(tx, '👋'.slice(0, 1)), /Note.*malformed text at title/],
  [
    'an event that the stream would refuse',
    (tx) => {
      const note = create(tx)
      tx.emit(noteCreated, note, { ...data(note), kind: 'x'.repeat(70_000) })
    },
    /note\.created.*at most/,
  ],
]

test.each(faults)('%s is a clear fault of the program, and nothing is written', async (_, work, message) => {
  await ctx.transaction(async (tx) => {
    const note = create(tx, 'unchanged')
    tx.emit(noteCreated, note, data(note))
  })
  const count = async () => (await rows('select count(*)::int as n from note'))[0]?.n
  const before = await count()
  await expect(ctx.transaction(async (tx) => void (await work(tx)))).rejects.toThrow(message)
  expect(await count()).toBe(before)
  await ctx.transaction((tx) => tx.em.nativeDelete(Note, { title: 'unchanged' }))
})

describe('an idempotency key', () => {
  const use = (key: string, input: object = {}, operation = 'create') => ({ key, operation, input })
  const make = (
    title: string,
    key: string,
    o: { input?: object; operation?: string; fail?: boolean; by?: Context } = {},
  ) =>
    (o.by ?? ctx).transaction(
      async (tx) => {
        const note = create(tx, title)
        await tx.em.flush()
        if (o.fail) throw new Error('failed')
        return note
      },
      use(key, o.input, o.operation),
    )

  test('of 10 requests at once, half of which fail, exactly one makes something, and all that succeed answer with it', async () => {
    const key = randomUUID()
    const made = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => make(key, key, { fail: i % 2 === 0 })))
    const ids = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []))
    expect(ids.length).toBeGreaterThanOrEqual(5)
    expect(new Set(ids).size).toBe(1)
    expect(await rows('select id from note where title = ?', key)).toEqual([{ id: ids[0] }])
  })

  test('answers with the entity as it is now, and not at all where it is gone', async () => {
    const key = randomUUID()
    const { id } = await make('before', key)
    await ctx.transaction(async (tx) => {
      ;(await locked(tx, Note, id, notePolicy.write)).title = 'after'
    })
    expect(await make('before', key)).toMatchObject({ id, title: 'after', version: 2 })
    await ctx.transaction((tx) => tx.em.nativeDelete(Note, { id }))
    await expect(make('before', key)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('of a request whose texts are written in another form answers with what the first one made', async () => {
    const key = randomUUID()
    const ids = []
    for (const name of ['M\u00fcller \ud55c', ' Mu\u0308ller\u00a0 \ud55c\u200b'.normalize('NFD')])
      ids.push((await make('a', key, { input: { name, all: [{ name }] } })).id)
    expect(new Set(ids).size).toBe(1)
  })

  test('of a text in other lines is refused', async () => {
    const key = randomUUID()
    await make('a', key, { input: { text: 'one\n\ntwo' } })
    const other = make('a', key, { input: { text: 'one two' } })
    await expect(other).rejects.toMatchObject({ code: 'CONFLICT', reason: 'idempotency.key_reused' })
  })

  test("of another operation, or of another input, is refused; another actor's and another tenant's are their own", async () => {
    const key = randomUUID()
    const first = await make('a', key, { input: { a: 1, b: [1, 2] } })
    expect((await make('a', key, { input: { b: [1, 2], a: 1 } })).id).toBe(first.id)
    const reused = { code: 'CONFLICT', reason: 'idempotency.key_reused' }
    await expect(make('a', key, { input: { a: 1, b: [2, 1] } })).rejects.toMatchObject(reused)
    await expect(make('a', key, { input: { a: 1, b: [1, 2] }, operation: 'change' })).rejects.toMatchObject(reused)
    for (const other of [{ subject: 'other' }, { tenant: 'globex' }]) {
      const by = svc.context({ ...actor, ...other })
      expect((await make('a', key, { input: { z: 1 }, by })).id).not.toBe(first.id)
    }
  })

  test('keeps of an input nothing that could be tried out', async () => {
    const input = { birthDate: '1980-05-17' }
    const plain = createHash('sha256').update(JSON.stringify(input)).digest('hex')
    const key = randomUUID()
    const hashOf = async (by: Context) =>
      (await by.em.execute('select request_hash as hash from idempotency_key where key = ?', [key]))[0]?.hash
    await make('a', key, { input })
    const globex = svc.context({ ...actor, tenant: 'globex' })
    await make('a', key, { input, by: globex })
    const hashes = [await hashOf(ctx), await hashOf(globex), plain]
    expect(new Set(hashes).size).toBe(3)
  })

  test('of what has left the reach since answers as if it were not there, and the audit log knows', async () => {
    const anna = svc.as({ roles: ['service'], subject: 'anna' })
    const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }'
    const input = { subjectId: randomUUID(), kind: 'PLAIN', title: 't', idempotencyKey: randomUUID() }
    const { id } = (await anna.mutate(CREATE, { input })).createNote
    await ctx.transaction((tx) => tx.em.execute(`update note set created_by = 'ben' where id = ?`, [id]))
    await expect(anna.mutate(CREATE, { input })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(
      await rows(`select subject, reason from audit_entry where entity_id = ? and outcome = 'DENIED'`, id),
    ).toEqual([{ subject: 'anna', reason: 'access_scope' }])
  })

  test('over work that makes no entity is a clear fault of the program', async () => {
    await expect(ctx.transaction(async () => true, use(randomUUID()))).rejects.toThrow(/create: .*returns the entity/)
  })

  test.each(['', 'x'.repeat(201)])('of %j is INVALID', async (key) => {
    await expect(make('a', key)).rejects.toMatchObject({ code: 'INVALID' })
  })
})

test('an entity that was read before it was locked is up to date when it is locked', async () => {
  const { id } = await ctx.transaction(async (tx) => create(tx, 'one'))
  await ctx.transaction(async (tx) => {
    await tx.em.findOneOrFail(Note, { id })
    await ctx.transaction(async (other) => {
      ;(await locked(other, Note, id, notePolicy.write)).title = 'two'
    })
    const note = await locked(tx, Note, id, notePolicy.write)
    expect(note).toMatchObject({ title: 'two', version: 2 })
    note.remark = 'kept'
    expect((await locked(tx, Note, id, notePolicy.write)).remark).toBe('kept')
  })
  expect(await rows('select title, remark from note where id = ?', id)).toEqual([{ title: 'two', remark: 'kept' }])
})

test('a statement that takes too long, and what shares its transaction, answer UNAVAILABLE with a reason', async () => {
  const slow = await run(example, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'slow', level: 'silent' }),
    migrate: false,
    background: false,
    statementTimeout: 1_000,
  })
  try {
    const authorization = `Bearer ${await svc.issuer.token({ roles: ['manager'] })}`
    const { errors } = await slow.subgraph.execute({
      query: '{ slow later: notes { totalCount } hello }',
      headers: { authorization },
    })
    const reasons = new Map(errors?.map(({ path, extensions }) => [path?.[0], [extensions?.code, extensions?.reason]]))
    expect(reasons.get('slow')).toEqual(['UNAVAILABLE', 'database.timeout'])
    expect(reasons.get('later')).toEqual(['UNAVAILABLE', 'request.broken'])
    const { data: next } = await slow.subgraph.execute({
      query: '{ notes { totalCount } }',
      headers: { authorization },
    })
    expect(next).toBeTruthy()
  } finally {
    await slow.stop()
  }
})

test('housekeeping removes what has expired, of every tenant, and nothing else', async () => {
  await svc.relay()
  const { system } = svc.database
  const counts = async () =>
    (
      await system.query(
        `select (select count(*)::int from outbox) as outbox, (select count(*)::int from inbox) as inbox,
           (select count(*)::int from idempotency_key) as keys`,
      )
    ).rows[0]
  for (const tenant of ['acme', 'globex']) {
    const em = svc.database.fork({ ...actor, tenant }, new Date())
    await em.execute(
      `insert into outbox (tenant, event_id, type, entity_id, entity_version, partition_key, event, created_at, stream_seq)
       select ?, gen_random_uuid(), 't', gen_random_uuid(), 1, gen_random_uuid(), '{}', now() - age, seq
       from (values (interval '31 days', 1), (interval '31 days', null), (interval '29 days', 1)) as v(age, seq)`,
      [tenant],
    )
    await em.execute(
      `insert into inbox (tenant, consumer, event_id, handled_at)
       select ?, 'c', gen_random_uuid(), now() - age from (values (interval '61 days'), (interval '59 days')) as v(age)`,
      [tenant],
    )
    await em.execute(
      `insert into idempotency_key (key, subject, operation, request_hash, created_at)
       select age::text, 's', 'o', 'h', now() - age from (values (interval '25 hours'), (interval '23 hours')) as v(age)`,
    )
  }
  const before = await counts()
  const [housekeeping] = svc.jobs.slice(-1)
  expect(await housekeeping?.run()).toBe(6)
  expect(await counts()).toEqual({ outbox: before.outbox - 2, inbox: before.inbox - 2, keys: before.keys - 2 })
  expect(await housekeeping?.run()).toBe(0)
})
