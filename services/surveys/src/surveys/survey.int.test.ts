import { randomUUID } from 'node:crypto'
import { limits, surveyClosed, surveyCreated, surveyPublished, surveyUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { CLOSE, CREATE, fixtureOf, PUBLISH, questions, UPDATE } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const statements: string[] = []
const svc = await startForTest(surveys, { onStatement: (sql) => statements.push(sql), queryCompiler: false })
const { as, aSurvey, aPublishedSurvey, publish } = fixtureOf(svc)
const manager = as('manager')
const create = (input: object) => manager.mutate(CREATE, { input: { key: `k-${randomUUID()}`, title: 't', ...input } })
const update = async (input: object) => (await manager.mutate(UPDATE, { input })).updateSurvey
const close = async (input: object) => (await manager.mutate(CLOSE, { input })).closeSurvey
const other = [{ key: 'why', kind: 'TEXT', text: { zh: '为什么？' } }]

test('createSurvey drafts a survey in both languages', async () => {
  const subject = randomUUID()
  const key = `满意度-${randomUUID()}`
  const { createSurvey } = await as('analyst', { subject }).mutate(CREATE, {
    input: { key, title: ' 回访 👋 ', questions },
  })
  expect(createSurvey).toMatchObject({
    version: 1,
    key,
    title: '回访 👋',
    status: 'DRAFT',
    currentVersion: 0,
    createdBy: subject,
  })
  expect(createSurvey.draft).toHaveLength(questions.length)
  expect(createSurvey.draft[3]).toEqual({
    key: 'channel',
    kind: 'SINGLE',
    text: { zh: null, en: 'Where did you buy?' },
    required: false,
    aspect: null,
    choices: [
      { key: 'shop', label: { zh: '门店', en: 'Shop' } },
      { key: 'web', label: { zh: null, en: 'Web' } },
    ],
  })
})

test('createSurvey names every issue of its input', async () => {
  const wrong = [{ key: 'a b', kind: 'SINGLE', text: {} }]
  await expect(create({ key: 'two words', title: ' ', questions: wrong })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.key', reason: 'key.malformed' },
      { path: 'input.title', reason: 'text.required' },
      { path: 'input.questions.0.key', reason: 'key.malformed' },
      { path: 'input.questions.0.text', reason: 'text.required' },
      { path: 'input.questions.0.choices', reason: 'list.too_short' },
    ],
  })
})

test('a key names one survey of a tenant, of many at once too', async () => {
  const key = `k-${randomUUID()}`
  const tries = await Promise.allSettled(Array.from({ length: 4 }, () => create({ key })))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(create({ key })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'survey.key_taken',
    fields: [{ path: 'input.key', reason: 'survey.key_taken' }],
  })
  const globex = await as('manager', { tenant: 'globex' }).mutate(CREATE, { input: { key, title: 't' } })
  expect(globex.createSurvey.key).toBe(key)
})

test('createSurvey makes one survey under one idempotency key', async () => {
  const author = as('manager', { subject: randomUUID() })
  const input = { key: `k-${randomUUID()}`, title: 't', idempotencyKey: 'c1' }
  const [one, again] = await Promise.all([author.mutate(CREATE, { input }), author.mutate(CREATE, { input })])
  expect(again.createSurvey.id).toBe(one.createSurvey.id)
})

test('publishSurvey fixes the draft; a change after it starts the next version', async () => {
  const { id } = await aSurvey()
  expect(await update({ id, questions })).toMatchObject({ version: 1 })
  expect(await update({ id, questions: questions.slice(0, 2) })).toMatchObject({
    version: 2,
    currentVersion: 0,
    draft: [{ key: 'nps' }, { key: 'csat' }],
  })
  expect(await publish(id)).toEqual({
    id,
    version: 3,
    status: 'PUBLISHED',
    currentVersion: 1,
    draft: null,
    current: { number: 1, title: 'After a visit', questions: [{ key: 'nps' }, { key: 'csat' }] },
    versions: [{ number: 1 }],
  })
  expect(await update({ id, title: 'New', questions: other })).toMatchObject({
    status: 'PUBLISHED',
    currentVersion: 1,
    draft: [{ key: 'why' }],
  })
  const { survey } = await as('sales').query(
    'query ($id: ID!) { survey(id: $id) { current { title questions { key } } } }',
    { id },
  )
  expect(survey.current).toEqual({ title: 'After a visit', questions: [{ key: 'nps' }, { key: 'csat' }] })
  expect(await publish(id)).toMatchObject({
    currentVersion: 2,
    current: { number: 2, title: 'New', questions: [{ key: 'why' }] },
    versions: [{ number: 1 }, { number: 2 }],
  })
})

test('a published version cannot be changed, not even by a mistake of ours', async () => {
  await aPublishedSurvey()
  const actor = { subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' as const }
  for (const sql of [`update survey_version set title = 'x'`, 'delete from survey_version']) {
    await expect(svc.database.fork(actor, new Date()).execute(sql)).rejects.toThrow(/permission denied/)
  }
})

test('a survey is published with questions, changed and closed while it may be', async () => {
  const { id } = await aSurvey({ questions: [] })
  await expect(publish(id)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'survey.no_questions' })
  await expect(close({ id })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'survey.illegal_transition' })
  await update({ id, questions: other })
  await publish(id)
  await expect(publish(id)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'survey.nothing_to_publish' })
  await update({ id, questions })
  expect(await close({ id })).toMatchObject({ status: 'CLOSED', draft: null })
  await expect(close({ id })).rejects.toMatchObject({ reason: 'survey.illegal_transition' })
  await expect(publish(id)).rejects.toMatchObject({ reason: 'survey.illegal_transition' })
  await expect(update({ id, title: 'x' })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'survey.closed' })
})

test('each change has its event, with numbers and keys only', async () => {
  const { id, key } = await aSurvey({ title: 'Secret title' })
  await update({ id, title: 'Other title' })
  await update({ id, title: 'Other title' })
  await update({ id, questions: other })
  await publish(id)
  await close({ id })
  await svc.relay()
  await svc.relay()
  const ours = async (type: typeof surveyCreated) => (await svc.published(type)).filter((event) => event.id === id)
  expect(await ours(surveyCreated)).toEqual([{ id, version: 1, key, surveyVersion: 0 }])
  expect(await ours(surveyUpdated)).toEqual([
    { id, version: 2, key, surveyVersion: 0, changedFields: ['title'] },
    { id, version: 3, key, surveyVersion: 0, changedFields: ['draft'] },
  ])
  expect(await ours(surveyPublished)).toEqual([{ id, version: 4, key, surveyVersion: 1 }])
  expect(await ours(surveyClosed)).toEqual([{ id, version: 5, key, surveyVersion: 1 }])
})

test.each([
  ['update', UPDATE, { title: 'x' }],
  ['publish', PUBLISH, {}],
  ['close', CLOSE, {}],
])('%s: who may not, who is late, and who is elsewhere', async (_, document, fields) => {
  const { id } = await aPublishedSurvey()
  await update({ id, questions: other })
  const input = { id, ...fields }
  await expect(as('sales').mutate(document, { input })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(svc.anonymous().mutate(document, { input })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await expect(manager.mutate(document, { input: { ...input, expectedVersion: 1 } })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'version.stale',
  })
  const elsewhere = as('manager', { tenant: 'globex' }).mutate(document, { input })
  await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' })
  for (const wrong of [randomUUID(), 'x']) {
    await expect(manager.mutate(document, { input: { ...input, id: wrong } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }
})

test('a survey has as many versions as its list may be long, and no more', async () => {
  const { id } = await aPublishedSurvey()
  await update({ id, questions: other })
  const actor = { subject: 't', roles: ['admin'], tenant: 'acme', territories: [], kind: 'person' as const }
  const { most } = limits.surveyVersions
  await svc.database
    .fork(actor, new Date())
    .execute('update survey set current_version = ? where id = ?', [most - 1, id])
  expect((await publish(id)).currentVersion).toBe(most)
  await update({ id, questions })
  await expect(publish(id)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'survey.too_many_versions' })
})

test('of two who publish one draft at once, one is refused', async () => {
  const { id } = await aSurvey()
  const tries = await Promise.allSettled([publish(id), publish(id), publish(id)])
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  const { survey } = await manager.query('query ($id: ID!) { survey(id: $id) { versions { number } } }', { id })
  expect(survey.versions).toEqual([{ number: 1 }])
})

test('surveys filters, orders, pages, and reads all versions in one statement', async () => {
  const mine = fixtureOf(svc, 'pages')
  for (const title of ['b', 'a', 'd', 'c', '满意度']) await mine.aPublishedSurvey({ title })
  await mine.aSurvey({ title: 'draft' })
  const LIST = `query ($after: String) { surveys(first: 3, after: $after, filter: { status: { eq: PUBLISHED }, not: { title: { contains: "D" } } },
    orderBy: { field: TITLE, direction: DESC }) { nodes { title versions { number } current { number } } totalCount pageInfo { endCursor hasNextPage } } }`
  statements.length = 0
  const first = (await mine.as('sales').query(LIST)).surveys
  expect(statements.filter((sql) => sql.includes('"survey_version"'))).toHaveLength(2)
  const second = (await mine.as('sales').query(LIST, { after: first.pageInfo.endCursor })).surveys
  expect([...first.nodes, ...second.nodes].map(({ title }) => title)).toEqual(['满意度', 'c', 'b', 'a'])
  expect(first.nodes[0]).toMatchObject({ versions: [{ number: 1 }], current: { number: 1 } })
  expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([4, true, false])
})

test('a survey that is not there is not found', async () => {
  const { id } = await aSurvey()
  const globex = as('manager', { tenant: 'globex' })
  for (const wrong of [id, randomUUID(), 'x']) {
    const answer = await globex.request('query ($id: ID!) { survey(id: $id) { id } }', { id: wrong })
    expect(answer).toMatchObject({
      data: { survey: null },
      errors: [{ extensions: { code: 'NOT_FOUND', reason: 'survey.unknown' } }],
    })
  }
})
