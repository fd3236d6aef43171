import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { startForTest, type TestService } from '@clientele/testkit'
import { fixtureOf, RECORD } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const data = process.env.CLIENTELE_DATA ?? join(process.cwd(), '../shared/data')
const file = join(data, 'surveys/sfo_customer_survey_2015.csv.gz')
const svc = existsSync(file) ? await startForTest(surveys) : undefined

/** The first so many ratings of the airport as a whole, 1 to 5. The columns up to this one hold no quoted text. */
const ratings = (count: number) => {
  const [header = '', ...rows] = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  const column = header.split(',').indexOf('Q7ALL')
  return rows
    .map((row) => Number(row.split(',')[column]))
    .filter((rating) => rating >= 1 && rating <= 5)
    .slice(0, count)
}

const onData = (name: string, work: (running: TestService) => Promise<void>) =>
  svc ? test(name, () => work(svc)) : test.skip(`${name}: CLIENTELE_DATA lacks ${file}`, () => {})

onData('passengers of San Francisco airport rate it, 2015', async (running) => {
  const { as, aPublishedSurvey, aCustomer } = fixtureOf(running)
  const { id } = await aPublishedSurvey({ questions: [{ key: 'all', kind: 'CSAT', text: { en: 'SFO as a whole' } }] })
  const customerId = await aCustomer()
  const record = (score: number) =>
    as('service').mutate(RECORD, {
      input: { surveyId: id, customerId, mode: 'PAPER', answers: [{ question: 'all', score }] },
    })
  const given = ratings(300)
  while (given.length) await Promise.all(given.splice(0, 5).map(record))
  const { surveyReport } = await as('analyst').query(
    'query ($id: ID!) { surveyReport(surveyId: $id) { n questions { score ci95 { low high } distribution { value count } } } }',
    { id },
  )
  // Counted and computed outside of this code.
  expect(surveyReport.n).toBe(300)
  const [all] = surveyReport.questions
  expect(all.distribution.map(({ count }: { count: number }) => count)).toEqual([1, 6, 44, 168, 81])
  expect(all.score).toBeCloseTo(83, 10)
  expect(all.ci95.low).toBeCloseTo(78.338574, 5)
  expect(all.ci95.high).toBeCloseTo(86.82699, 5)
})
