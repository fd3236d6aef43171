import { randomBytes } from 'node:crypto'
import { startForTest } from '@clientele/testkit'
import { answers, CLOSE, fixtureOf, OPEN, REVOKE, SUBMIT } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const statements: string[] = []
const svc = await startForTest(surveys, { onStatement: (sql) => statements.push(sql) })
const { as, anInvitation } = fixtureOf(svc)
const open = async (token: string) => (await svc.anonymous().query(OPEN, { token })).surveyByToken
const submit = (token: string) => svc.anonymous().mutate(SUBMIT, { input: { token, answers } })

test('surveyByToken shows what is asked and nothing of the customer', async () => {
  const { token, invitation } = await anInvitation()
  const seen = await open(token)
  expect(seen).toMatchObject({ state: 'OPEN', title: 'After a visit', expiresAt: invitation.expiresAt })
  expect(seen.questions[0]).toEqual({ key: 'nps', kind: 'NPS', required: true })
  await expect(
    svc
      .anonymous()
      .query(`query ($t: String!) { surveyByToken(token: $t) { state } surveys { totalCount } }`, { t: token }),
  ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('surveyByToken says why an invitation cannot be answered any more', async () => {
  const [answered, revoked, closed] = [await anInvitation(), await anInvitation(), await anInvitation()]
  await submit(answered.token)
  await as('service').mutate(REVOKE, { input: { id: revoked.invitation.id } })
  await as('manager').mutate(CLOSE, { input: { id: closed.survey.id } })
  const states = await Promise.all([answered, revoked, closed].map(({ token }) => open(token)))
  expect(states).toMatchObject([
    { state: 'ANSWERED', questions: [] },
    { state: 'REVOKED', questions: [] },
    { state: 'CLOSED', questions: [] },
  ])
  await expect(submit(closed.token)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'survey.not_published' })
})

const secret = randomBytes(32).toString('base64url')
test.each([
  ['a secret that is none', `acme.${secret}`],
  ['a tenant that does not exist', `nowhere.${secret}`],
  ['no tenant', `.${secret}`],
  ['no secret', 'acme.'],
  ['another form', "x' or 1=1"],
  ['nothing', ''],
  ['a flood', 'a'.repeat(100_000)],
])('a token with %s is unknown, and no more is said', async (_, token) => {
  const refusal = { code: 'NOT_FOUND', reason: 'invitation.unknown', message: 'There is no such invitation.' }
  await expect(open(token)).rejects.toMatchObject(refusal)
  await expect(submit(token)).rejects.toMatchObject(refusal)
})

test('a token serves its own tenant only, and an unknown tenant costs what a known one costs', async () => {
  const { token } = await anInvitation()
  const [, ownSecret] = token.split('.')
  const cost = async (tried: string) => {
    statements.length = 0
    await expect(open(tried)).rejects.toMatchObject({ reason: 'invitation.unknown' })
    return statements.map((sql) => sql.split(' ')[0])
  }
  expect(await cost(`globex.${ownSecret}`)).toEqual(await cost(`acme.${secret}`))
})

test('someone who is logged in answers as the holder of the token, not as themselves', async () => {
  const { token, invitation } = await anInvitation()
  const stranger = as('manager', { tenant: 'globex' })
  const { submitResponse } = await stranger.mutate(SUBMIT, { input: { token, answers } })
  const { surveyResponse } = await as('sales').query(
    'query ($id: ID!) { surveyResponse(id: $id) { createdBy } }',
    submitResponse,
  )
  expect(surveyResponse.createdBy).toBe(`invitation:${invitation.id}`)
})

test('more customers than database connections can look at their invitations at once', async () => {
  const { token } = await anInvitation()
  const all = await Promise.all(Array.from({ length: 40 }, () => open(token)))
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['OPEN']))
})
