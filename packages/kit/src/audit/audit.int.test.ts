import { randomUUID } from 'node:crypto'
import {
  type ChainReport,
  type Context,
  chainKeyOf,
  consume,
  createLog,
  defineService,
  locked,
  run,
  sealing,
  type Transaction,
  verifyChains,
} from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { Note } from '@clientele/testkit/example/note.entity'
import { notePolicy } from '@clientele/testkit/example/note.policy'
import pg from 'pg'

const rankNotes = consume('example-rank-notes', noteCreated, async (tx, { id }) => {
  const note = await tx.em.findOneOrFail(Note, { id })
  if (note.title === 'ranked') note.rank = 3
})
const service = defineService({ ...example, consumers: [rankNotes] })
const statements: string[] = []
const svc = await startForTest(service, { onStatement: (sql) => statements.push(sql) })
const chainKey = chainKeyOf(svc.keyring)
const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }'
const CHANGE = 'mutation ($input: ChangeNoteInput!) { changeNote(input: $input) { id version } }'
const aNote = (fields: object = {}) => ({ subjectId: randomUUID(), kind: 'PLAIN', title: '你好 👋', ...fields })
const manager = {
  subject: 'manager',
  roles: ['manager'],
  scopes: [],
  tenant: 'acme',
  territories: [],
  kind: 'person' as const,
}
const contextOf = (tenant: string): Context => svc.context({ ...manager, tenant })

/** The entries of a tenant, oldest first, without what is null. */
const entriesOf = async (tenant: string): Promise<Record<string, any>[]> => {
  const { rows } = await svc.database.system.query('select * from audit_entry where tenant = $1 order by position', [
    tenant,
  ])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}
const auditInserts = () => statements.filter((sql) => sql.includes('insert into audit_entry'))
const seal = () => svc.jobs.at(-2)!.run()
const reports = async (tenant: string) => {
  const o = { service: 'example', chainKey, patience: 600_000, tenant }
  const found: ChainReport[] = []
  for await (const report of verifyChains(svc.database.system, o)) found.push(report)
  return found
}
const write = (tx: Transaction, title: string) => {
  const note = tx.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title, rank: 0 } as never)
  tx.emit(noteCreated, note, { subjectId: note.subjectId, kind: note.kind })
  return note
}
const send = async (query: string, variables: object, headers: Record<string, string>, tenant: string) =>
  svc.subgraph.execute({
    query,
    variables: variables as Record<string, unknown>,
    headers: {
      authorization: `Bearer ${await svc.issuer.token({ roles: ['manager'], tenant, subject: 'anna' })}`,
      ...headers,
    },
  })

test('a write tells who, what, which fields, when, from where and why, and no value', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const headers = {
    'x-request-id': 'request-1',
    traceparent,
    'x-clientele-origin': 'erp',
    'x-clientele-purpose': encodeURIComponent('客户来电 ☎'),
    'x-clientele-address': '2001:db8::1',
  }
  const { data, errors } = await send(CREATE, { input: aNote({ title: 'secret title' }) }, headers, 'who')
  expect(errors).toBeUndefined()
  const { id } = (data as any).createNote
  const [entry] = await entriesOf('who')
  expect(entry).toMatchObject({
    tenant: 'who',
    outcome: 'DONE',
    subject: 'anna',
    roles: ['manager'],
    action: 'note.created',
    entity_type: 'Note',
    entity_id: id,
    entity_version: 1,
    purpose: '客户来电 ☎',
    address: '2001:db8::1',
    request_id: 'request-1',
    traceparent,
    change_origin: 'erp',
  })
  expect(entry?.fields.toSorted()).toEqual(['amount', 'dueOn', 'kind', 'rank', 'subjectId', 'title'])
  expect(JSON.stringify(entry)).not.toContain('secret title')
  await send(CHANGE, { input: { id, title: 'other' } }, {}, 'who')
  expect((await entriesOf('who')).slice(1)).toMatchObject([
    { action: 'note.changed', entity_id: id, entity_version: 2, fields: ['title'] },
  ])
})

test.each([
  ['an address that is none', { 'x-clientele-address': 'localhost; drop' }, 'address'],
  ['an empty purpose', { 'x-clientele-purpose': '  ' }, 'purpose'],
])('%s is left out', async (_, headers, column) => {
  const tenant = `without-${column}`
  expect((await send(CREATE, { input: aNote() }, headers, tenant)).errors).toBeUndefined()
  expect((await entriesOf(tenant))[0]).not.toHaveProperty(column)
})

test.each([
  ['bytes of UTF-8', Buffer.from('回访').toString('latin1'), '回访'],
  ['a per cent sign that encodes nothing', '100% sure', '100% sure'],
  ['200 characters of four bytes', encodeURIComponent('👋'.repeat(200)), '👋'.repeat(200)],
  ['a line break and blanks', ' a%0A%E3%80%80b ', 'a b'],
])('a purpose of %s', async (_, sent, kept) => {
  const tenant = `purpose-${randomUUID()}`
  expect((await send(CREATE, { input: aNote() }, { 'x-clientele-purpose': sent }, tenant)).errors).toBeUndefined()
  expect(await entriesOf(tenant)).toMatchObject([{ purpose: kept }])
})

test('a purpose with a character that no text may hold is INVALID', async () => {
  const { errors } = await send(CREATE, { input: aNote() }, { 'x-clientele-purpose': 'a%00b' }, 'malformed')
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'INVALID',
    reason: 'text.malformed',
    fields: [{ path: 'x-clientele-purpose' }],
  })
  expect(await entriesOf('malformed')).toEqual([])
})

test('a purpose of more than 200 characters is INVALID, and nothing is done', async () => {
  const headers = { 'x-clientele-purpose': 'x'.repeat(201) }
  const { errors } = await send(CREATE, { input: aNote() }, headers, 'long')
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', reason: 'purpose.invalid' })
  expect(await entriesOf('long')).toEqual([])
})

test('what is rolled back leaves no entry, and without the entry there is no commit', async () => {
  const ctx = contextOf('undone')
  const failed = ctx.transaction(async (tx) => {
    write(tx, 'x')
    await tx.em.flush()
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await entriesOf('undone')).toEqual([])

  const admin = new pg.Client({ connectionString: svc.urls.ownerUrl })
  await admin.connect()
  await admin.query('revoke insert (at) on audit_entry from clientele_app')
  try {
    await expect(ctx.transaction(async (tx) => write(tx, 'y'))).rejects.toThrow(/audit_entry/)
    expect(
      (await svc.as({ roles: ['manager'], tenant: 'undone' }).request(CREATE, { input: aNote() })).errors,
    ).toHaveLength(1)
  } finally {
    await admin.query('grant insert (at) on audit_entry to clientele_app')
    await admin.end()
  }
  expect(await ctx.em.execute('select id from note')).toEqual([])
  expect(await ctx.em.execute('select event_id from outbox')).toEqual([])
})

test('a deadlock that is tried again is written once, and a repetition under an idempotency key not at all', async () => {
  const ctx = contextOf('again')
  const [a, b] = await Promise.all(['a', 'b'].map((title) => ctx.transaction(async (tx) => write(tx, title))))
  let attempts = 0
  const eachHasOne = Promise.withResolvers<void>()
  const both = (first: string, second: string) =>
    ctx.transaction(async (tx) => {
      const one = await locked(tx, Note, first, notePolicy.write)
      if (++attempts === 2) eachHasOne.resolve()
      await eachHasOne.promise
      const two = await locked(tx, Note, second, notePolicy.write)
      for (const note of [one, two]) {
        note.rank += 1
        tx.emit(noteChanged, note, { subjectId: note.subjectId, kind: note.kind })
      }
    })
  await Promise.all([both(a!.id, b!.id), both(b!.id, a!.id)])
  expect(attempts).toBeGreaterThan(2)
  const changes = (await entriesOf('again')).filter(({ action }) => action === 'note.changed')
  expect(changes.map(({ entity_version }) => entity_version).toSorted()).toEqual([2, 2, 3, 3])

  const as = svc.as({ roles: ['manager'], tenant: 'again', subject: 'same' })
  const input = aNote({ idempotencyKey: 'k' })
  await as.mutate(CREATE, { input })
  const before = (await entriesOf('again')).length
  await as.mutate(CREATE, { input })
  expect(await entriesOf('again')).toHaveLength(before)
})

test('what the ORM writes without an event is an entry too', async () => {
  await contextOf('silent').transaction(async (tx) => {
    tx.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title: 't', rank: 0 } as never)
  })
  await contextOf('silent').transaction(async (tx) => {
    const note = await tx.em.findOneOrFail(Note, { title: 't' })
    note.rank = 7
    note.remark = 'r'
    await tx.em.flush()
    tx.em.remove(note)
  })
  expect(await entriesOf('silent')).toMatchObject([
    { action: 'note.created', entity_type: 'Note', entity_version: 1 },
    { action: 'note.deleted', entity_type: 'Note', fields: ['rank', 'remark'] },
  ])
})

test('200 writes in one transaction cost one statement more', async () => {
  statements.length = 0
  await contextOf('bulk').transaction(async (tx) => {
    for (let at = 0; at < 200; at++) write(tx, `${at}`)
  })
  expect(auditInserts()).toHaveLength(1)
  expect(await entriesOf('bulk')).toHaveLength(200)
})

test('a reaction to an event is written as the service, with the event that caused it', async () => {
  const note = await contextOf('cause').transaction(async (tx) => write(tx, 'ranked'))
  await svc.settle()
  await contextOf('cause').transaction(async (tx) => write(tx, 'left alone'))
  await svc.settle()
  const [event] = await contextOf('cause').em.execute<{ event_id: string }[]>(
    'select event_id from outbox where entity_id = ?',
    [note.id],
  )
  expect(await entriesOf('cause')).toMatchObject([
    { action: 'note.created', entity_id: note.id },
    {
      outcome: 'DONE',
      subject: 'service:example',
      roles: ['service_account', 'example_account'],
      action: 'note.updated',
      entity_id: note.id,
      causation_id: event!.event_id,
      fields: ['rank'],
    },
    { action: 'note.created' },
  ])
})

describe('what is not a write', () => {
  test('a refused field, once, in the tenant of who was refused', async () => {
    const as = svc.as({ roles: ['analyst'], tenant: 'refused', subject: 'nosy' })
    const { errors } = await as.request(
      `mutation ($input: CreateNoteInput!) { mine: createNote(input: $input) { id } }`,
      {
        input: aNote(),
      },
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    await svc
      .as({ roles: ['admin'], tenant: 'refused' })
      .request('{ one: notes { totalCount } two: notes { totalCount } }')
    expect(await entriesOf('refused')).toMatchObject([
      { outcome: 'DENIED', subject: 'nosy', roles: ['analyst'], action: 'createNote', reason: 'role', fields: [] },
      { outcome: 'DENIED', roles: ['admin'], action: 'notes', reason: 'role' },
    ])
  })

  test('an entity out of scope', async () => {
    const { id } = await contextOf('reach').transaction(async (tx) => write(tx, 'x'))
    const as = svc.as({ roles: ['service'], tenant: 'reach', subject: 'far' })
    expect(await as.query('query ($id: ID!) { note(id: $id) { id } }', { id })).toEqual({ note: null })
    expect((await entriesOf('reach')).slice(1)).toMatchObject([
      { outcome: 'DENIED', subject: 'far', entity_type: 'Note', entity_id: id, reason: 'access_scope' },
    ])
  })

  test('a SENSITIVE field that was shown, once per entity, in one statement; and reads of others cost none', async () => {
    const ctx = contextOf('shown')
    const notes = await ctx.transaction(async (tx) => {
      const made = [1, 2, 3].map((rank) => write(tx, `${rank}`))
      for (const note of made.slice(0, 2)) note.remark = 'only few'
      return made
    })
    const as = svc.as({ roles: ['manager'], tenant: 'shown', subject: 'reader' })
    statements.length = 0
    await as.query('{ notes { nodes { id title redactedFields } totalCount } }')
    expect(auditInserts()).toEqual([])
    await as.query('{ notes { nodes { remark again: remark } } more: notes { nodes { remark } } }')
    expect(auditInserts()).toHaveLength(1)
    const shown = (await entriesOf('shown')).filter(({ outcome }) => outcome === 'SHOWN')
    expect(shown).toMatchObject([0, 1].map(() => ({ action: 'note.shown', subject: 'reader', fields: ['remark'] })))
    expect(shown.map((entry) => entry.entity_id).toSorted()).toEqual(
      notes
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    )
    await svc.as({ roles: ['sales'], tenant: 'shown' }).query('{ notes { nodes { remark } } }')
    expect((await entriesOf('shown')).filter(({ outcome }) => outcome === 'SHOWN')).toHaveLength(2)
  })

  test('what cannot be written is not answered', async () => {
    await contextOf('withheld').transaction(async (tx) => {
      write(tx, 'x').remark = 'only few'
    })
    const admin = new pg.Client({ connectionString: svc.urls.ownerUrl })
    await admin.connect()
    await admin.query('revoke insert (at) on audit_entry from clientele_app')
    try {
      const answer = await svc.as({ roles: ['manager'], tenant: 'withheld' }).request('{ notes { nodes { remark } } }')
      expect(JSON.stringify(answer)).not.toContain('only few')
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE', reason: 'audit' } }] })
      expect(answer.data).toBeUndefined()
    } finally {
      await admin.query('grant insert (at) on audit_entry to clientele_app')
      await admin.end()
    }
  })

  /** Nothing enters the audit log any more but what was done: as if it broke between the commit and the answer. */
  const whileOnlyDoneIsWritten = async <T>(work: () => Promise<T>): Promise<T> => {
    const admin = new pg.Client({ connectionString: svc.urls.ownerUrl })
    await admin.connect()
    await admin.query(`alter table audit_entry add constraint only_done check (outcome = 'DONE') not valid`)
    try {
      return await work()
    } finally {
      await admin.query('alter table audit_entry drop constraint only_done')
      await admin.end()
    }
  }
  const SHOW = 'mutation ($input: ChangeNoteInput!) { done: changeNote(input: $input) { id title hidden: remark } }'

  test('a mutation that is done is told though what it would show cannot be written; only that is withheld', async () => {
    const { id } = await contextOf('done').transaction(async (tx) => {
      const note = write(tx, 'before')
      note.remark = 'only few'
      return note
    })
    const as = svc.as({ roles: ['manager'], tenant: 'done' })
    const answer = await whileOnlyDoneIsWritten(() => as.request(SHOW, { input: { id, title: 'after' } }))
    expect(answer.data).toMatchObject({ done: { id, title: 'after', hidden: null } })
    expect(answer.errors).toContainEqual(
      expect.objectContaining({ path: ['done', 'hidden'], extensions: { code: 'UNAVAILABLE', reason: 'audit' } }),
    )
    expect(JSON.stringify(answer)).not.toContain('only few')
    expect((await entriesOf('done')).map(({ action }) => action)).toEqual(['note.created', 'note.changed'])
    const refused = await whileOnlyDoneIsWritten(() => svc.as('analyst').request(CHANGE, { input: { id, title: 'x' } }))
    expect(refused.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', reason: 'audit' } }])
    const { note } = await as.query('query ($id: ID!) { note(id: $id) { title remark } }', { id })
    expect(note).toEqual({ title: 'after', remark: 'only few' })
  })

  test('what a transaction shows by itself enters the audit log with it, once, or it fails', async () => {
    const show = async (tx: Transaction) => {
      const note = write(tx, 'shown inside')
      tx.trail.shown({ type: 'Note', id: note.id }, 'remark')
    }
    await expect(whileOnlyDoneIsWritten(() => contextOf('inside').transaction(show))).rejects.toThrow()
    expect(await entriesOf('inside')).toEqual([])
    await contextOf('inside').transaction(show)
    expect((await entriesOf('inside')).map(({ outcome }) => outcome)).toEqual(['DONE', 'SHOWN'])
  })
})

describe('the database', () => {
  test('shows a tenant its own entries and nobody any without a tenant', async () => {
    await contextOf('ours').transaction(async (tx) => write(tx, 'x'))
    const seen = (tenant: string) => contextOf(tenant).em.execute('select tenant from audit_entry')
    expect(await seen('ours')).toEqual([{ tenant: 'ours' }])
    expect(await seen('nobody')).toEqual([])
    expect(await svc.database.orm.em.fork().getConnection().execute('select * from audit_entry')).toEqual([])
  })

  test.each([
    ['update audit_entry set subject = $$x$$', 'url'],
    ['update audit_entry set number = 1, hash = $$x$$', 'url'],
    ['delete from audit_entry', 'url'],
    ['truncate audit_entry', 'url'],
    ['select * from audit_head', 'url'],
    [
      "insert into audit_entry (at, id, outcome, subject, roles, action, fields, request_id, number, hash) values (now(), gen_random_uuid(), 'DONE', '', '{}', '', '{}', '', 1, '')",
      'url',
    ],
    [
      "insert into audit_entry (tenant, at, id, outcome, subject, roles, action, fields, request_id) values ('x', now(), gen_random_uuid(), 'DONE', '', '{}', '', '{}', '')",
      'url',
    ],
    ["update audit_entry set subject = 'x'", 'systemUrl'],
    ['delete from audit_entry', 'systemUrl'],
    ['truncate audit_entry', 'systemUrl'],
    ['delete from audit_head', 'systemUrl'],
  ] as const)('refuses %s by %s', async (sql, role) => {
    const client = new pg.Client({ connectionString: svc.urls[role] })
    await client.connect()
    try {
      await client.query("select set_config('app.tenant', 'acme', false)")
      await expect(client.query(sql)).rejects.toThrow(/permission denied/)
    } finally {
      await client.end()
    }
  })

  test('lets the system seal an entry once', async () => {
    await contextOf('once').transaction(async (tx) => write(tx, 'x'))
    await seal()
    const { rowCount } = await svc.database.system.query(
      "update audit_entry set number = 9, hash = 'x' where tenant = 'once'",
    )
    expect(rowCount).toBe(0)
  })
})

describe('sealing', () => {
  test('50 concurrent writers of a tenant do not wait for each other, and get a chain without gaps', async () => {
    const ctx = contextOf('many')
    const meanwhile = (async () => {
      for (let round = 0; round < 10; round++) await seal()
    })()
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        ctx.transaction(async (tx) => {
          write(tx, `${at}`)
          await tx.em.flush()
          await tx.em.execute('select pg_sleep(0.005)')
        }),
      ),
    )
    await meanwhile
    while (await seal());
    const numbers = (await entriesOf('many')).map(({ number }) => Number(number)).toSorted((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
    expect(await reports('many')).toEqual([
      { service: 'example', tenant: 'many', sealed: 50, unsealed: 0, fault: null },
    ])
  })

  test('a transaction that commits late is sealed late, and never skipped', async () => {
    const ctx = contextOf('late')
    const early = new pg.Client({ connectionString: svc.urls.url })
    await early.connect()
    await early.query("begin; set local app.tenant = 'late'")
    await early.query(
      "insert into audit_entry (at, id, outcome, subject, roles, action, fields, request_id) values (now(), gen_random_uuid(), 'DONE', 'early', '{}', 'a.b', '{}', 'r')",
    )
    await ctx.transaction(async (tx) => write(tx, 'x'))
    await seal()
    await early.query('commit')
    await early.end()
    await seal()
    const entries = await entriesOf('late')
    expect(entries.map(({ subject, number }) => [subject, number])).toEqual([
      ['early', '2'],
      ['manager', '1'],
    ])
    expect(await reports('late')).toMatchObject([{ sealed: 2, fault: null }])
  })

  test('two replicas that both believe to hold the lease give no place twice', async () => {
    const ctx = contextOf('twice')
    await ctx.transaction(async (tx) => write(tx, 'first'))
    await seal()
    for (let at = 0; at < 20; at++) await ctx.transaction(async (tx) => write(tx, `${at}`))
    const faults: unknown[] = []
    const round = () =>
      sealing('example', chainKey).run({
        system: svc.database.system,
        log: { error: (fault: unknown) => faults.push(fault) },
        signal: new AbortController().signal,
      } as never)
    // Three sessions that are open already, so that the rounds do run side by side.
    await Promise.all([1, 2, 3].map(() => svc.database.system.query('select pg_sleep(0.1)')))
    await Promise.all([round(), round(), round()])
    expect(faults).toEqual([])
    expect(await reports('twice')).toMatchObject([{ sealed: 21, unsealed: 0, fault: null }])
  })

  test('a service that was killed between commit and sealing seals when it is back', async () => {
    const replica = await run(example, {
      database: svc.urls,
      natsUrl: svc.natsUrl,
      verifier: svc.verifier,
      masterKeys: svc.masterKeys,
      peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
      log: createLog({ name: 'replica', level: 'silent' }),
      migrate: false,
      background: false,
    })
    await replica.context({ ...manager, tenant: 'killed' }).transaction(async (tx) => write(tx, 'x'))
    await replica.stop()
    expect(await reports('killed')).toMatchObject([{ sealed: 0, unsealed: 1, fault: null }])
    await seal()
    expect(await reports('killed')).toMatchObject([{ sealed: 1, unsealed: 0, fault: null }])
  })
})
