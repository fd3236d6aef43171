import { randomUUID } from 'node:crypto'
import { customerArchived, customerCreated, customerRestored, customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { consumeUntil, copyOf, fixtureOf, RECORD } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const statements: string[] = []
const svc = await startForTest(surveys, { onStatement: (sql) => statements.push(sql) })
const { as, aPublishedSurvey, customers } = fixtureOf(svc)
const all = [
  { key: 'nps', kind: 'NPS', text: { en: 'a' } },
  { key: 'csat', kind: 'CSAT', text: { en: 'b' } },
  { key: 'ces', kind: 'CES', text: { en: 'c' } },
  { key: 'nps2', kind: 'NPS', text: { en: 'd' } },
]
const survey = await aPublishedSurvey({ questions: all })
const record = (customerId: string, day: number, scores: Record<string, number>) =>
  as('service').mutate(RECORD, {
    input: {
      surveyId: survey.id,
      customerId,
      mode: 'PAPER',
      completedAt: `2026-03-${String(day).padStart(2, '0')}T12:00:00Z`,
      answers: Object.entries(scores).map(([question, score]) => ({ question, score })),
    },
  })
const CUSTOMERS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id
  satisfaction { nps csat ces lastRespondedAt responses }
  surveyResponses(first: 2) { nodes { completedAt answers { question score } } totalCount pageInfo { hasNextPage } } } } }`
const ask = async (ids: readonly string[], actor = as('sales')) =>
  (await actor.query(CUSTOMERS, { r: ids.map((id) => ({ __typename: 'Customer', id })) }))._entities

test('satisfaction is the latest answer to each measure, whenever it came in', async () => {
  const [asked, silent] = (await customers(2)) as [string, string]
  await record(asked, 20, { csat: 2 })
  await record(asked, 10, { nps: 3, csat: 5, ces: 7 })
  await record(asked, 15, { nps2: 8, nps: 10 })
  const [answered, unasked] = await ask([asked, silent])
  expect(answered.satisfaction).toEqual({
    nps: 10,
    csat: 2,
    ces: 7,
    lastRespondedAt: '2026-03-20T12:00:00.000Z',
    responses: 3,
  })
  expect(answered.surveyResponses).toMatchObject({
    nodes: [
      { completedAt: '2026-03-20T12:00:00.000Z', answers: [{ question: 'csat', score: 2 }] },
      {
        completedAt: '2026-03-15T12:00:00.000Z',
        answers: [
          { question: 'nps', score: 10 },
          { question: 'nps2', score: 8 },
        ],
      },
    ],
    totalCount: 3,
    pageInfo: { hasNextPage: true },
  })
  expect(unasked).toEqual({
    id: silent,
    satisfaction: null,
    surveyResponses: { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } },
  })
})

test('what surveys add to many customers costs one statement each', async () => {
  const ids = await customers(7)
  for (const [at, id] of ids.entries()) for (const day of [1, 2, 3]) await record(id, day, { nps: at })
  statements.length = 0
  const found = await ask([...ids, randomUUID(), 'no-uuid'])
  expect(found.at(-1)).toBeNull()
  expect(found.map((one: any) => one?.satisfaction?.nps ?? null)).toEqual([0, 1, 2, 3, 4, 5, 6, null, null])
  expect(found.slice(0, 7).every(({ surveyResponses }: any) => surveyResponses.nodes.length === 2)).toBe(true)
  const reads = statements.filter((sql) => sql.includes('survey_'))
  expect(reads).toHaveLength(4)
})

test('another tenant sees nothing of a customer, and a stranger not even that', async () => {
  const [id] = (await customers(1)) as [string]
  await record(id, 1, { nps: 9 })
  const [elsewhere] = await ask([id], as('manager', { tenant: 'globex' }))
  expect(elsewhere).toMatchObject({ satisfaction: null, surveyResponses: { totalCount: 0 } })
  expect(await ask([id], as('stranger'))).toEqual([null])
  const { data, errors } = await as('partner').request(CUSTOMERS, { r: [{ __typename: 'Customer', id }] })
  expect(data?._entities).toEqual([{ id, satisfaction: null, surveyResponses: null }])
  expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN'])
})

const facts = (id: string, version: number, status: 'ACTIVE' | 'ARCHIVED' = 'ACTIVE') => ({
  ...{ id, version, status, kind: 'ORGANIZATION' as const, ownerId: `owner-${version}`, territory: 'emea/de' },
  ...{ source: null, tags: [], createdAt: '2026-03-01T00:00:00.000Z' },
})

test('the copy of a customer follows its events, delivered twice or late', async () => {
  const id = randomUUID()
  const first = await svc.deliver(customerCreated, facts(id, 1))
  await svc.deliver(customerCreated, facts(id, 1), { id: first.id })
  await svc.deliver(customerArchived, facts(id, 3, 'ARCHIVED'))
  await svc.deliver(customerUpdated, { ...facts(id, 2), changedFields: ['territory'] })
  await consumeUntil(svc, id, 3)
  await svc.drain()
  expect(await copyOf(svc, id)).toEqual({ version: 3, status: 'ARCHIVED', owner_id: 'owner-3' })
  await svc.deliver(customerRestored, facts(id, 4))
  await consumeUntil(svc, id, 4)
  expect(await copyOf(svc, id)).toEqual({ version: 4, status: 'ACTIVE', owner_id: 'owner-4' })
})
