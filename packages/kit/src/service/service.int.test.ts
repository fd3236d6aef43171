import { randomUUID } from 'node:crypto'
import { startForTest, type TestService } from '@clientele/testkit'
import { example, failing } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'

const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id version title createdBy } }'
const CHANGE = 'mutation ($input: ChangeNoteInput!) { changeNote(input: $input) { id version title } }'
const statements: string[] = []
const svc = await startForTest(example, { onStatement: (sql) => statements.push(sql) })

const aNote = (fields: object = {}) => ({ subjectId: randomUUID(), kind: 'PLAIN', title: '你好 👋 مرحبا', ...fields })
const create = async (fields: object = {}, actor: Parameters<TestService['as']>[0] = 'manager') =>
  (await svc.as(actor).mutate(CREATE, { input: aNote(fields) })).createNote

test('a change is stored with its author and published once, as one event', async () => {
  const subject = randomUUID()
  const note = await create({}, { roles: ['manager'], subject })
  expect(note).toMatchObject({ version: 1, title: '你好 👋 مرحبا', createdBy: subject })
  await svc.as('manager').mutate(CHANGE, { input: { id: note.id, title: 'b' } })
  await svc.as('manager').mutate(CHANGE, { input: { id: note.id, title: 'b' } })
  await svc.relay()
  await svc.relay()
  expect((await svc.published(noteCreated)).filter(({ id }) => id === note.id)).toHaveLength(1)
  expect((await svc.published(noteChanged)).filter(({ id }) => id === note.id)).toMatchObject([{ version: 2 }])
})

test('an idempotency key answers a repetition with what was made first, and refuses another request', async () => {
  const as = svc.as({ roles: ['manager'], subject: randomUUID() })
  const input = aNote({ idempotencyKey: 'k1' })
  const [first, again] = await Promise.all([as.mutate(CREATE, { input }), as.mutate(CREATE, { input })])
  expect(again.createNote.id).toBe(first.createNote.id)
  await expect(as.mutate(CREATE, { input: { ...input, title: 'other' } })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'idempotency.key_reused',
  })
})

test('a stale version is refused, and of concurrent changes none is lost', async () => {
  const { id } = await create()
  const titles = ['a', 'b', 'c', 'd', 'e', 'f']
  await Promise.all(titles.map((title) => svc.as('manager').mutate(CHANGE, { input: { id, title } })))
  const after = await svc.as('manager').query('query ($id: ID!) { note(id: $id) { version } }', { id })
  expect(after.note.version).toBe(1 + titles.length)
  await expect(
    svc.as('manager').mutate(CHANGE, { input: { id, title: 'x', expectedVersion: 1 } }),
  ).rejects.toMatchObject({ code: 'CONFLICT', reason: 'version.stale' })
})

test.each([
  ['no token', undefined, 'UNAUTHENTICATED'],
  ['a role that may not', 'analyst', 'FORBIDDEN'],
])('%s', async (_, role, code) => {
  const as = role ? svc.as(role) : svc.anonymous()
  await expect(as.mutate(CREATE, { input: aNote() })).rejects.toMatchObject({ code })
})

test('a public field answers without a token, but not beside one that is not public', async () => {
  expect(await svc.anonymous().query('{ hello }')).toEqual({ hello: 'hello' })
  await expect(svc.anonymous().query('{ hello notes { totalCount } }')).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  })
  await expect(svc.anonymous().query('{ _service { sdl } }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test("another tenant's entity is not found, neither by id nor as a reference nor in a list", async () => {
  const { id } = await create({ title: 'ours' })
  const globex = svc.as({ roles: ['manager'], tenant: 'globex' })
  expect(await globex.query('query ($id: ID!) { note(id: $id) { id } }', { id })).toEqual({ note: null })
  const entities = await globex.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Note { title } } }',
    {
      r: [{ __typename: 'Note', id }],
    },
  )
  expect(entities._entities).toEqual([null])
  expect((await globex.query('{ notes(first: 100) { nodes { id } totalCount } }')).notes).toEqual({
    nodes: [],
    totalCount: 0,
  })
  await expect(globex.mutate(CHANGE, { input: { id, title: 'x' } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('without a tenant the database shows no row at all', async () => {
  const rows = await svc.database.orm.em.fork().getConnection().execute('select * from note')
  expect(rows).toEqual([])
})

test('keyset pages walk a whole list once, under a filter, and count only when asked', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'pages' })
  const made = await Promise.all(
    Array.from({ length: 23 }, (_, i) =>
      as.mutate(CREATE, { input: aNote({ rank: i % 4, kind: i % 2 ? 'URGENT' : 'PLAIN' }) }),
    ),
  )
  const PAGE =
    'query ($after: String) { notes(first: 5, after: $after, filter: { not: { kind: { eq: PLAIN } } }) { edges { cursor node { id rank } } pageInfo { hasNextPage hasPreviousPage endCursor } } }'
  const seen: { id: string; rank: number }[] = []
  statements.length = 0
  for (let after: string | null = null; ; ) {
    const { notes }: { notes: any } = await as.query(PAGE, { after })
    expect(notes.pageInfo.hasPreviousPage).toBe(after !== null)
    seen.push(...notes.edges.map((edge: any) => edge.node))
    after = notes.pageInfo.endCursor
    if (!notes.pageInfo.hasNextPage) break
  }
  expect(seen).toHaveLength(11)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(11)
  expect(seen.map(({ rank }) => rank)).toEqual(seen.map(({ rank }) => rank).toSorted())
  expect(statements.some((sql) => sql.includes('count('))).toBe(false)
  expect(made).toHaveLength(23)
  await expect(as.query(PAGE, { after: 'nonsense' })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'cursor.invalid',
  })
  await expect(as.query('{ notes(first: 101) { totalCount } }')).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'page.size',
  })
})

test('references and their lists cost one statement each, however many are asked for', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'batch' })
  const subjects = Array.from({ length: 8 }, () => randomUUID())
  for (const subjectId of subjects)
    for (const rank of [1, 2, 3]) await as.mutate(CREATE, { input: aNote({ subjectId, rank }) })
  statements.length = 0
  const { _entities } = await as.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { id notes(first: 2) { nodes { rank } totalCount pageInfo { hasNextPage } } } } }',
    { r: subjects.map((id) => ({ __typename: 'Subject', id })) },
  )
  expect(_entities).toEqual(
    subjects.map((id) => ({
      id,
      notes: { nodes: [{ rank: 3 }, { rank: 2 }], totalCount: 3, pageInfo: { hasNextPage: true } },
    })),
  )
  expect(statements.filter((sql) => /from "?note/.test(sql))).toHaveLength(2)
})

test('an event takes effect exactly once, delivered twice or failing at first; the hopeless one becomes a dead letter', async () => {
  const subjectId = randomUUID()
  const hopeless = randomUUID()
  failing.add(hopeless)
  await create({ subjectId })
  await create({ subjectId: hopeless })
  await create({ subjectId })
  await svc.settle()
  const count = async (id: string) =>
    (await svc.database
      .fork({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
      .execute('select notes from note_count where subject_id = ?', [id])) as unknown[]
  expect(await count(subjectId)).toEqual([{ notes: 2 }])
  expect(await count(hopeless)).toEqual([])
})

test('unknown errors are masked', async () => {
  const { errors } = await svc.as('manager').request('{ explode }')
  expect(errors).toMatchObject([
    { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' }, path: ['explode'] },
  ])
  expect(JSON.stringify(errors)).not.toContain('secret')
})

test.each([
  ['{ nothing }', 'query.invalid'],
  ['{ notes(first: 1) { ', 'query.invalid'],
  ['mutation { createNote(input: { subjectId: "x", kind: WRONG, title: "t" }) { id } }', 'value.not_one_of'],
])('%s is INVALID', async (document, reason) => {
  const { errors } = await svc.as('manager').request(document)
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', reason })
})
