import { randomUUID } from 'node:crypto'
import { startForTest } from '@clientele/testkit'
import { fixtureOf, questions, RECORD, UPDATE } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const statements: string[] = []
const svc = await startForTest(surveys, { onStatement: (sql) => statements.push(sql) })
const { as, aPublishedSurvey, aCustomer, publish } = fixtureOf(svc)
const customerId = await aCustomer()
const record = (surveyId: string, answers: object[], fields: object = {}) =>
  as('service').mutate(RECORD, { input: { surveyId, customerId, mode: 'AGENT', answers, ...fields } })
const REPORT = `query ($surveyId: ID!, $versionFrom: Int, $versionTo: Int, $from: DateTime, $to: DateTime) {
  surveyReport(surveyId: $surveyId, versionFrom: $versionFrom, versionTo: $versionTo, from: $from, to: $to) { surveyId n questions {
    key kind text { zh en } aspect n suppressed score ci95 { low high } distribution { value choice label { en zh } count share } } } }`
const report = async (variables: object, role = 'analyst') => (await as(role).query(REPORT, variables)).surveyReport
const question = (found: any, key: string) => found.questions.find((one: any) => one.key === key)

test('a report counts each kind of question', async () => {
  const { id } = await aPublishedSurvey()
  const given = [
    [10, 5, 7, 'web', ['price', 'quality']],
    [9, 5, 6, 'web', ['price']],
    [9, 4, 6, 'shop', ['price']],
    [8, 3, 5, 'web', ['quality']],
    [7, 2, 4, 'web', ['price']],
    [3, 1, 1, null, null],
  ] as const
  for (const [nps, csat, ces, channel, liked] of given) {
    await record(id, [
      { question: 'nps', score: nps },
      { question: 'csat', score: csat },
      { question: 'ces', score: ces },
      { question: 'channel', choice: channel },
      { question: 'liked', choices: liked },
      { question: 'words', text: 'Li Lei 13800138000' },
    ])
  }
  statements.length = 0
  const found = await report({ surveyId: id })
  expect(statements.filter((sql) => /survey_(answer|response)/.test(sql))).toHaveLength(2)
  expect(found).toMatchObject({ surveyId: id, n: 6 })
  expect(found.questions.map(({ key }: any) => key)).toEqual(questions.map(({ key }) => key))
  const nps = question(found, 'nps')
  expect(nps).toMatchObject({ n: 6, suppressed: false, text: questions[0]?.text })
  expect(nps.score).toBeCloseTo((100 * 2) / 6, 10)
  expect(nps.distribution.map(({ value, count }: any) => [value, count])).toEqual(
    [0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 1].map((count, value) => [value, count]),
  )
  expect(question(found, 'csat')).toMatchObject({ aspect: 'service', score: 50 })
  expect(question(found, 'csat').distribution).toHaveLength(5)
  const ces = question(found, 'ces')
  expect(ces.score).toBeCloseTo(29 / 6, 10)
  // Standard deviation 2.13698, t(5) = 2.57058.
  expect([ces.ci95.low, ces.ci95.high].map((bound) => Math.round(bound * 100) / 100)).toEqual([2.59, 7])
  expect(question(found, 'channel')).toMatchObject({
    n: 5,
    score: null,
    ci95: null,
    suppressed: false,
    distribution: [
      { choice: 'shop', label: { zh: '门店', en: 'Shop' }, count: 1, share: 0.2, value: null },
      { choice: 'web', count: 4, share: 0.8 },
    ],
  })
  expect(question(found, 'liked').distribution).toMatchObject([
    { choice: 'price', count: 4, share: 0.8 },
    { choice: 'quality', count: 2, share: 0.4 },
    { choice: '服务', count: 0, share: 0 },
  ])
  expect(question(found, 'words')).toMatchObject({ n: 6, score: null, suppressed: false, distribution: [] })
  expect(JSON.stringify(found)).not.toContain('Li Lei')
})

test('groups of fewer than 5 are withheld', async () => {
  const { id } = await aPublishedSurvey()
  for (const score of [9, 9, 9, 9]) await record(id, [{ question: 'nps', score }])
  const few = question(await report({ surveyId: id }), 'nps')
  expect(few).toMatchObject({ n: 4, suppressed: true, score: null, ci95: null, distribution: [] })
  await record(id, [{ question: 'nps', score: 0 }])
  const enough = question(await report({ surveyId: id }), 'nps')
  expect(enough).toMatchObject({ n: 5, suppressed: false, score: 60 })
})

test('a report is about a span of versions and of time', async () => {
  const { id } = await aPublishedSurvey({ questions: [questions[0], questions[3]] })
  const choices = [
    { key: 'web', label: { en: 'Online' } },
    { key: 'phone', label: { en: 'Phone' } },
  ]
  const renamed = { ...questions[3], text: { en: 'Where?' }, choices }
  await as('manager').mutate(UPDATE, { input: { id, questions: [renamed, questions[2]] } })
  const answer = (choice: string) => ({ question: 'channel', choice })
  for (const day of [1, 2, 3, 4, 5]) {
    const completedAt = `2026-02-0${day}T00:00:00Z`
    await record(id, [{ question: 'nps', score: 9 }, answer('shop')], { completedAt })
  }
  await publish(id)
  for (const day of [1, 2, 3, 4, 5]) {
    const completedAt = `2026-03-0${day}T00:00:00Z`
    await record(id, [{ question: 'ces', score: 6 }, answer('phone')], { completedAt })
  }
  const whole = await report({ surveyId: id })
  expect(whole.n).toBe(10)
  expect(whole.questions.map(({ key, n }: any) => [key, n])).toEqual([
    ['channel', 10],
    ['ces', 5],
    ['nps', 5],
  ])
  expect(question(whole, 'channel')).toMatchObject({
    text: { en: 'Where?' },
    distribution: [
      { choice: 'web', label: { en: 'Online' }, count: 0 },
      { choice: 'phone', count: 5 },
      { choice: 'shop', label: null, count: 5, share: 0.5 },
    ],
  })
  const second = await report({ surveyId: id, versionFrom: 2 })
  expect(second.questions.map(({ key, n }: any) => [key, n])).toEqual([
    ['channel', 5],
    ['ces', 5],
  ])
  expect((await report({ surveyId: id, versionTo: 1 })).n).toBe(5)
  expect((await report({ surveyId: id, from: '2026-02-02T00:00:00Z', to: '2026-03-01T00:00:00Z' })).n).toBe(4)
  expect((await report({ surveyId: id, from: '2026-02-05T00:00:00Z', to: '2026-03-01T00:00:01Z' })).n).toBe(2)
})

test('a survey without responses has a report, all of it withheld', async () => {
  const { id } = await aPublishedSurvey()
  const found = await report({ surveyId: id })
  expect(found.n).toBe(0)
  expect(found.questions).toHaveLength(6)
  expect(found.questions.every(({ n, suppressed }: any) => n === 0 && suppressed)).toBe(true)
})

test('a report refuses spans that run backwards, surveys that are not there and strangers', async () => {
  const { id } = await aPublishedSurvey()
  const backwards = {
    surveyId: id,
    versionFrom: 3,
    versionTo: 2,
    from: '2026-01-02T00:00:00Z',
    to: '2026-01-01T00:00:00Z',
  }
  await expect(report(backwards)).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'report.empty_range',
    fields: [{ path: 'versionTo' }, { path: 'to' }],
  })
  for (const surveyId of [randomUUID(), 'x']) {
    await expect(report({ surveyId })).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'survey.unknown' })
  }
  const globex = as('analyst', { tenant: 'globex' }).query(REPORT, { surveyId: id })
  await expect(globex).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(report({ surveyId: id }, 'stranger')).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
