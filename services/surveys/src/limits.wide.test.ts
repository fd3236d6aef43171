import { randomUUID } from 'node:crypto'
import { limits } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { fixtureOf } from '../fixture/survey-fixture.js'
import { surveys } from './service.js'

const svc = await startForTest(surveys)
const { aCustomer, aPublishedSurvey, aSurvey, invite } = fixtureOf(svc)
const staff = svc.as({ roles: ['admin'], subject: textOf(limits.subject, limits.subject.most) })
const text = { zh: 'z', en: 'e' }
const choice = (key: string) => ({ key, label: text })
const aQuestion = () => ({ key: 'q', kind: 'MULTI', text, aspect: 'a', choices: [choice('a'), choice('b')] })

// As many questions as a survey may have; what an answer names must be there.
const questions = Array.from({ length: limits.surveyQuestions.most - 1 }, (_, at) => ({
  ...{ key: `t${at}`, kind: 'TEXT', text },
}))
const many = { key: 'm', kind: 'MULTI', text, choices: Array.from({ length: 50 }, (_, at) => choice(`c${at}`)) }
const wide = await aPublishedSurvey({ questions: [many, ...questions] })
const customerId = await aCustomer()
const answers = [
  { question: 'm', choices: ['c0'] },
  { question: 't0', text: 't' },
]
const aResponse = () => ({ answers, idempotencyKey: randomUUID() })

testLimits(surveys, svc, {
  scenarios: [
    {
      mutation: 'createSurvey',
      input: () => ({ key: randomUUID(), title: 't', questions: [aQuestion()], idempotencyKey: randomUUID() }),
    },
    {
      mutation: 'updateSurvey',
      input: async () => ({ id: (await aSurvey()).id, title: 't', questions: [aQuestion()] }),
    },
    {
      mutation: 'inviteToSurvey',
      input: () => ({ surveyId: wide.id, customerId, channel: 'c', expiresInDays: 30, idempotencyKey: randomUUID() }),
    },
    {
      mutation: 'submitResponse',
      input: async () => ({ ...aResponse(), token: (await invite({ surveyId: wide.id, customerId })).token }),
    },
    {
      mutation: 'recordResponse',
      input: () => ({
        ...aResponse(),
        surveyId: wide.id,
        customerId,
        mode: 'PAPER',
        completedAt: '2026-03-01T08:00:00Z',
      }),
    },
  ].map((scenario) => ({ ...scenario, as: staff })),
  // They name what must be there, or have the scale of their question.
  without: [
    ...['question', 'score', 'choice'].map((field) => `SurveyAnswerInput.${field}`),
    ...['SubmitResponseInput.token', 'RecordResponseInput.surveyVersion'],
  ],
  lists: {
    'SurveyAnswerInput.choices': (entries) => Array.from({ length: entries }, (_, at) => `c${at}`),
    ...Object.fromEntries(
      ['SubmitResponseInput.answers', 'RecordResponseInput.answers'].map((name) => [
        name,
        (entries: number) => [
          ...(entries ? [{ question: 'm', choices: ['c0'] }] : []),
          ...Array.from({ length: entries - 1 }, (_, at) => ({ question: `t${at}`, text: 't' })),
        ],
      ]),
    ),
  },
  bounds: {
    'survey_response.nps': bound.value(limits.nps),
    'survey_response.csat': bound.value(limits.csat),
    'survey_response.ces': bound.value(limits.ces),
  },
})
