import { randomUUID } from 'node:crypto'
import { responseCompleted } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { answers, fixtureOf, SUBMIT } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const now = new Date('2026-04-01T09:00:00Z')
const svc = await startForTest(surveys, { now: () => now })
const { as, anInvitation, publish } = fixtureOf(svc)
const submit = (token: string, fields: object = {}) =>
  svc.anonymous().mutate(SUBMIT, { input: { token, answers, ...fields } })
const RESPONSE = `query ($id: ID!) { surveyResponse(id: $id) { customerId customer { id } surveyVersion mode completedAt nps csat ces
  createdBy invitationId answers { question kind score choices text } survey { title } } }`

test('submitResponse takes the answers of whoever holds the token, without a login', async () => {
  const { token, invitation } = await anInvitation()
  const { submitResponse } = await submit(token, { answers: answers.toReversed() })
  const { surveyResponse } = await as('sales').query(RESPONSE, { id: submitResponse.id })
  expect(surveyResponse).toEqual({
    customerId: invitation.customerId,
    customer: { id: invitation.customerId },
    surveyVersion: 1,
    mode: 'SELF',
    completedAt: now.toISOString(),
    nps: 9,
    csat: 4,
    ces: 6,
    createdBy: `invitation:${invitation.id}`,
    invitationId: invitation.id,
    survey: { title: 'After a visit' },
    answers: [
      { question: 'nps', kind: 'NPS', score: 9, choices: null, text: null },
      { question: 'csat', kind: 'CSAT', score: 4, choices: null, text: null },
      { question: 'ces', kind: 'CES', score: 6, choices: null, text: null },
      { question: 'channel', kind: 'SINGLE', score: null, choices: ['web'], text: null },
      { question: 'liked', kind: 'MULTI', score: null, choices: ['price', '服务'], text: null },
      { question: 'words', kind: 'TEXT', score: null, choices: null, text: '很好 👍 شكرا' },
    ],
  })
  const { surveyInvitation } = await as('sales').query('query ($id: ID!) { surveyInvitation(id: $id) { status } }', {
    id: invitation.id,
  })
  expect(surveyInvitation.status).toBe('COMPLETED')
})

test('submitResponse publishes one event, without a word of the customer', async () => {
  const context = { kind: 'VISIT', id: randomUUID() }
  const { token, invitation, survey } = await anInvitation({ context })
  const { submitResponse } = await submit(token)
  await svc.relay()
  await svc.relay()
  const events = (await svc.published(responseCompleted)).filter(({ id }) => id === submitResponse.id)
  expect(events).toEqual([
    {
      id: submitResponse.id,
      version: 1,
      surveyId: survey.id,
      surveyVersion: 1,
      customerId: invitation.customerId,
      invitationId: invitation.id,
      completedAt: now.toISOString(),
      nps: 9,
      csat: 4,
      ces: 6,
      context,
    },
  ])
})

test('submitResponse takes one response per invitation, of many at once too', async () => {
  const { token } = await anInvitation()
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => submit(token)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of tries) {
    if (one.status === 'rejected') {
      expect(one.reason).toMatchObject({ code: 'CONFLICT', reason: 'invitation.answered' })
    }
  }
})

test('submitResponse answers a repeated idempotency key with the first response, at once and later', async () => {
  const { token } = await anInvitation()
  const tries = await Promise.all(Array.from({ length: 4 }, () => submit(token, { idempotencyKey: 'k' })))
  const later = await submit(token, { idempotencyKey: 'k' })
  expect(new Set([...tries, later].map(({ submitResponse }) => submitResponse.id)).size).toBe(1)
  await expect(submit(token, { idempotencyKey: 'k', answers: [{ question: 'nps', score: 1 }] })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'idempotency.key_reused',
  })
  await expect(submit(token, { idempotencyKey: 'other' })).rejects.toMatchObject({ reason: 'invitation.answered' })
})

test('an idempotency key belongs to its invitation', async () => {
  const [one, other] = [await anInvitation(), await anInvitation()]
  const first = await submit(one.token, { idempotencyKey: 'same' })
  const second = await submit(other.token, { idempotencyKey: 'same' })
  expect(second.submitResponse.id).not.toBe(first.submitResponse.id)
})

test('submitResponse names every issue of the answers by its place and keeps the invitation open', async () => {
  const { token } = await anInvitation()
  const wrong = [
    { question: 'nope', score: 3 },
    { question: 'csat', score: 6 },
    { question: 'liked', choices: ['price', 'colour'] },
  ]
  await expect(submit(token, { answers: wrong })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.answers.0.question', reason: 'answer.unknown_question' },
      { path: 'input.answers.1.score', reason: 'number.out_of_range' },
      { path: 'input.answers.2.choices.1', reason: 'answer.unknown_choice' },
      { path: 'input.answers', reason: 'answer.required' },
    ],
  })
  expect((await submit(token)).submitResponse.id).toBeTruthy()
})

test('submitResponse refuses a character that cannot be stored', async () => {
  const { token } = await anInvitation()
  await expect(submit(token, { answers: [answers[0], { question: 'words', text: 'a\u0000b' }] })).rejects.toMatchObject(
    { code: 'INVALID', reason: 'text.malformed' },
  )
})

test('an invitation asks the version that was current when it was issued', async () => {
  const { token, survey } = await anInvitation()
  const questions = [{ key: 'only', kind: 'TEXT', text: { en: 'Why?' } }]
  await as('manager').mutate('mutation ($input: UpdateSurveyInput!) { updateSurvey(input: $input) { id } }', {
    input: { id: survey.id, questions },
  })
  await publish(survey.id)
  const { submitResponse } = await submit(token)
  const { surveyResponse } = await as('sales').query(RESPONSE, { id: submitResponse.id })
  expect(surveyResponse).toMatchObject({ surveyVersion: 1, nps: 9 })
})
