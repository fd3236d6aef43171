import { randomUUID } from 'node:crypto'
import { responseCompleted } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { answers, fixtureOf, RECORD } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

let now = new Date('2026-04-01T09:00:00Z')
const svc = await startForTest(surveys, { now: () => now })
const { as, aPublishedSurvey, aSurvey, aCustomer } = fixtureOf(svc)
const RESPONSE = `query ($id: ID!) { surveyResponse(id: $id) { redactedFields answers { question score text } } }`
const record = (fields: object, role = 'service') =>
  as(role)
    .mutate(RECORD, { input: { mode: 'PAPER', answers, ...fields } })
    .then(({ recordResponse }) => recordResponse)

test('recordResponse takes down what a customer said, on the phone or on paper', async () => {
  const survey = await aPublishedSurvey()
  const customerId = await aCustomer()
  const context = { kind: 'COMPLAINT', id: randomUUID() }
  const completedAt = '2026-03-20T10:00:00.000Z'
  const response = await record({ surveyId: survey.id, customerId, context, completedAt, mode: 'AGENT' })
  expect(response).toMatchObject({
    customerId,
    surveyVersion: 1,
    mode: 'AGENT',
    completedAt,
    nps: 9,
    csat: 4,
    ces: 6,
    context,
  })
  await svc.relay()
  const events = (await svc.published(responseCompleted)).filter(({ id }) => id === response.id)
  expect(events).toMatchObject([{ invitationId: null, completedAt, context }])
})

test('recordResponse names every issue of its input', async () => {
  const survey = await aPublishedSurvey()
  const input = {
    surveyId: survey.id,
    customerId: await aCustomer(),
    mode: 'SELF',
    completedAt: '2026-04-01T09:01:01Z',
    context: { kind: 'VISIT', id: 'x' },
    answers: [{ question: 'nps', text: 'nine' }],
  }
  await expect(record(input)).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.context.id', reason: 'id.malformed' },
      { path: 'input.mode', reason: 'mode.self' },
      { path: 'input.completedAt', reason: 'time.future' },
      { path: 'input.answers.0.text', reason: 'answer.kind' },
    ],
  })
})

test('recordResponse refuses what is not there', async () => {
  const survey = await aPublishedSurvey()
  const draft = await aSurvey()
  const customerId = await aCustomer()
  const archived = await aCustomer('ARCHIVED')
  const refusals = [
    [{ surveyId: randomUUID(), customerId }, 'NOT_FOUND', 'survey.unknown'],
    [{ surveyId: 'x', customerId }, 'NOT_FOUND', 'survey.unknown'],
    [{ surveyId: draft.id, customerId }, 'CONFLICT', 'survey.not_published'],
    [{ surveyId: survey.id, customerId, surveyVersion: 2 }, 'NOT_FOUND', 'survey.unknown_version'],
    [{ surveyId: survey.id, customerId: 'x' }, 'NOT_FOUND', 'customer.unknown'],
    [{ surveyId: survey.id, customerId: archived }, 'CONFLICT', 'customer.archived'],
    [{ surveyId: survey.id, customerId: randomUUID() }, 'UNAVAILABLE', 'service.unknown'],
  ] as const
  for (const [fields, code, reason] of refusals) {
    await expect(record(fields)).rejects.toMatchObject({ code, reason })
  }
  await expect(record({ surveyId: survey.id, customerId }, 'analyst')).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('recordResponse records once under one idempotency key', async () => {
  const survey = await aPublishedSurvey()
  const input = {
    surveyId: survey.id,
    customerId: await aCustomer(),
    idempotencyKey: 'paper-1',
    mode: 'PAPER',
    answers,
  }
  const clerk = as('service', { subject: randomUUID() })
  const [one, other] = await Promise.all([clerk.mutate(RECORD, { input }), clerk.mutate(RECORD, { input })])
  expect(other.recordResponse.id).toBe(one.recordResponse.id)
})

test.each([
  ['admin', true],
  ['manager', true],
  ['sales', true],
  ['service', true],
  ['analyst', false],
  ['privacy_officer', true],
])('%s sees the scores of a response, and its words: %s', async (role, words) => {
  const survey = await aPublishedSurvey()
  const { id } = await record({ surveyId: survey.id, customerId: await aCustomer() })
  const { surveyResponse } = await as(role).query(RESPONSE, { id })
  expect(surveyResponse.redactedFields).toEqual(words ? [] : ['answers.text'])
  expect(surveyResponse.answers[0]).toEqual({ question: 'nps', score: 9, text: null })
  expect(surveyResponse.answers[5]).toEqual({ question: 'words', score: null, text: words ? answers[5]?.text : null })
})

test('an analyst who is in sales too sees what sales sees', async () => {
  const survey = await aPublishedSurvey()
  const { id } = await record({ surveyId: survey.id, customerId: await aCustomer() })
  const { surveyResponse } = await as('analyst', { roles: ['analyst', 'sales'] }).query(RESPONSE, { id })
  expect(surveyResponse).toMatchObject({ redactedFields: [], answers: { 5: { text: answers[5]?.text } } })
})

test('surveyResponses filters, orders and pages', async () => {
  const mine = fixtureOf(svc, 'pages')
  const survey = await mine.aPublishedSurvey()
  const customerId = await mine.aCustomer()
  for (const score of [0, 3, 6, 9, 10]) {
    now = new Date(now.getTime() + 60_000)
    const input = { surveyId: survey.id, customerId, mode: 'AGENT', answers: [{ question: 'nps', score }] }
    await mine.as('service').mutate(RECORD, { input })
  }
  const LIST = `query ($after: String) { surveyResponses(first: 2, after: $after, orderBy: { field: COMPLETED_AT, direction: DESC },
    filter: { or: [{ nps: { lte: 6 } }, { nps: { eq: 10 } }], not: { nps: { eq: 3 } } }) { nodes { nps } totalCount pageInfo { endCursor hasNextPage } } }`
  const first = (await mine.as('analyst').query(LIST)).surveyResponses
  const second = (await mine.as('analyst').query(LIST, { after: first.pageInfo.endCursor })).surveyResponses
  expect([first, second].map(({ nodes }) => nodes)).toEqual([[{ nps: 10 }, { nps: 6 }], [{ nps: 0 }]])
  expect([first.totalCount, second.pageInfo.hasNextPage]).toEqual([3, false])
  const elsewhere = (await as('analyst', { tenant: 'pages-2' }).query(LIST)).surveyResponses
  expect(elsewhere).toMatchObject({ nodes: [], totalCount: 0 })
})

test('a response of another tenant is not found, nor is one that never was', async () => {
  const survey = await aPublishedSurvey()
  const { id } = await record({ surveyId: survey.id, customerId: await aCustomer() })
  const globex = as('manager', { tenant: 'globex' })
  for (const wrong of [id, randomUUID(), 'x']) {
    await expect(globex.query(RESPONSE, { id: wrong })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'response.unknown',
    })
  }
})
