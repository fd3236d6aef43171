import { createHash, randomUUID } from 'node:crypto'
import { customerArchived, invitationExpired, invitationIssued, invitationRevoked } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { answers, consumeUntil, fixtureOf, INVITE, OPEN, REVOKE, SUBMIT } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

let now = new Date('2026-04-01T09:00:00Z')
const svc = await startForTest(surveys, { now: () => now })
const { as, aSurvey, aPublishedSurvey, aCustomer, anInvitation, invite } = fixtureOf(svc)
const open = async (token: string) => (await svc.anonymous().query(OPEN, { token })).surveyByToken
const submit = (token: string) => svc.anonymous().mutate(SUBMIT, { input: { token, answers } })
const later = (days: number) => {
  now = new Date(now.getTime() + days * 24 * 60 * 60 * 1000)
}

test('inviteToSurvey gives a token of 256 bits that is stored only as its hash', async () => {
  const context = { kind: 'COMPLAINT', id: randomUUID() }
  const { token, invitation, survey } = await anInvitation({ context })
  expect(token).toMatch(/^acme\.[\w-]{43}$/)
  expect(invitation).toMatchObject({
    version: 1,
    surveyId: survey.id,
    surveyVersion: 1,
    channel: 'email',
    status: 'ISSUED',
    expiresAt: '2026-05-01T09:00:00.000Z',
    context,
    survey: { key: survey.key },
  })
  const { rows } = await svc.database.system.query(
    'select row_to_json(i)::text as row, token_hash from survey_invitation i where id = $1',
    [invitation.id],
  )
  expect(rows[0].token_hash).toBe(createHash('sha256').update(token).digest('hex'))
  expect(rows[0].row).not.toContain(token.slice('acme.'.length))
})

test('inviteToSurvey publishes one event without the token', async () => {
  const { token, invitation, survey } = await anInvitation()
  await svc.relay()
  const issued = (await svc.published(invitationIssued)).filter(({ id }) => id === invitation.id)
  expect(issued).toEqual([
    {
      id: invitation.id,
      version: 1,
      surveyId: survey.id,
      customerId: invitation.customerId,
      channel: 'email',
      expiresAt: invitation.expiresAt,
    },
  ])
  expect(JSON.stringify(issued)).not.toContain(token)
})

test('inviteToSurvey invites once under one idempotency key, and shows the token once', async () => {
  const survey = await aPublishedSurvey()
  const input = { surveyId: survey.id, customerId: await aCustomer(), channel: 'sms', idempotencyKey: 'i1' }
  const agent = as('service', { subject: randomUUID() })
  const both = await Promise.all([agent.mutate(INVITE, { input }), agent.mutate(INVITE, { input })])
  const [one, other] = both.map(({ inviteToSurvey }) => inviteToSurvey)
  expect(one.invitation.id).toBe(other.invitation.id)
  const tokens = [one.token, other.token].filter((token) => token !== null)
  expect(tokens).toHaveLength(1)
  expect((await open(tokens[0])).state).toBe('OPEN')
})

test('inviteToSurvey refuses what cannot be', async () => {
  const survey = await aPublishedSurvey()
  const draft = await aSurvey()
  const customerId = await aCustomer()
  const refusals = [
    [{ surveyId: draft.id, customerId }, 'CONFLICT', 'survey.not_published'],
    [{ surveyId: randomUUID(), customerId }, 'NOT_FOUND', 'survey.unknown'],
    [{ surveyId: survey.id, customerId: 'nobody' }, 'NOT_FOUND', 'customer.unknown'],
    [{ surveyId: survey.id, customerId: await aCustomer('ARCHIVED') }, 'CONFLICT', 'customer.archived'],
    [{ surveyId: survey.id, customerId: randomUUID() }, 'UNAVAILABLE', 'service.unknown'],
  ] as const
  for (const [fields, code, reason] of refusals) {
    await expect(invite(fields)).rejects.toMatchObject({ code, reason })
  }
  await expect(
    invite({
      surveyId: survey.id,
      customerId,
      channel: ' e mail',
      expiresInDays: 0,
      context: { kind: 'VISIT', id: '7' },
    }),
  ).rejects.toMatchObject({
    code: 'INVALID',
    fields: [
      { path: 'input.channel', reason: 'code.malformed' },
      { path: 'input.expiresInDays', reason: 'number.out_of_range' },
      { path: 'input.context.id', reason: 'id.malformed' },
    ],
  })
  const input = { surveyId: survey.id, customerId, channel: 'email' }
  await expect(as('privacy_officer').mutate(INVITE, { input })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a customer who was archived after their first event cannot be invited', async () => {
  const { survey, invitation } = await anInvitation()
  const { customerId } = invitation
  const copy = { id: customerId, kind: 'PERSON' as const, ownerId: null, territory: null, source: null, tags: [] }
  await svc.deliver(customerArchived, { ...copy, version: 2, status: 'ARCHIVED', createdAt: now.toISOString() })
  await consumeUntil(svc, customerId, 2)
  await expect(invite({ surveyId: survey.id, customerId })).rejects.toMatchObject({ reason: 'customer.archived' })
})

test('revokeInvitation takes an invitation back, once', async () => {
  const { token, invitation } = await anInvitation()
  const revoke = (fields: object = {}) => as('service').mutate(REVOKE, { input: { id: invitation.id, ...fields } })
  await expect(revoke({ expectedVersion: 7 })).rejects.toMatchObject({ code: 'CONFLICT', reason: 'version.stale' })
  expect((await revoke({ expectedVersion: 1 })).revokeInvitation).toMatchObject({ status: 'REVOKED', version: 2 })
  await expect(revoke()).rejects.toMatchObject({ code: 'CONFLICT', reason: 'invitation.illegal_transition' })
  await expect(submit(token)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'invitation.revoked' })
  await svc.relay()
  expect((await svc.published(invitationRevoked)).filter(({ id }) => id === invitation.id)).toMatchObject([
    { version: 2 },
  ])
  await expect(
    as('manager', { tenant: 'globex' }).mutate(REVOKE, { input: { id: invitation.id } }),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('surveyInvitations filters and pages', async () => {
  const mine = fixtureOf(svc, 'pages')
  const survey = await mine.aPublishedSurvey()
  const customers = await mine.customers(3)
  for (const customerId of customers) await mine.invite({ surveyId: survey.id, customerId })
  const LIST = `query ($filter: SurveyInvitationFilter, $after: String) { surveyInvitations(first: 2, after: $after, filter: $filter,
    orderBy: { field: EXPIRES_AT }) { nodes { customerId } totalCount pageInfo { endCursor hasNextPage } } }`
  const list = async (variables: object) => (await mine.as('analyst').query(LIST, variables)).surveyInvitations
  const first = await list({})
  const second = await list({ after: first.pageInfo.endCursor })
  expect([...first.nodes, ...second.nodes].map(({ customerId }) => customerId).toSorted()).toEqual(customers.toSorted())
  expect([first.totalCount, second.pageInfo.hasNextPage]).toEqual([3, false])
  const one = await list({ filter: { customerId: { eq: customers[1] }, status: { in: ['ISSUED'] } } })
  expect(one.nodes).toEqual([{ customerId: customers[1] }])
})

test('an invitation runs out: at its minute for who answers, by the job for everybody else', async () => {
  const short = await anInvitation({ expiresInDays: 1 })
  const long = await anInvitation({ expiresInDays: 3 })
  later(1)
  expect((await open(short.token)).state).toBe('EXPIRED')
  await expect(submit(short.token)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'invitation.expired' })
  const job = svc.jobs[0]!
  expect(await job.run()).toBe(1)
  expect(await job.run()).toBe(0)
  await svc.relay()
  const ours = new Set([short.invitation.id, long.invitation.id])
  const expired = (await svc.published(invitationExpired)).filter(({ id }) => ours.has(id))
  expect(expired).toMatchObject([{ id: short.invitation.id, version: 2 }])
  expect((await open(long.token)).state).toBe('OPEN')
  await expect(submit(short.token)).rejects.toMatchObject({ reason: 'invitation.expired' })
})

test('the job expires invitations of all tenants, each in its own', async () => {
  const globex = fixtureOf(svc, 'globex')
  const [here, there] = [await anInvitation({ expiresInDays: 1 }), await globex.anInvitation({ expiresInDays: 1 })]
  later(1)
  while (await svc.jobs[0]!.run());
  expect([(await open(here.token)).state, (await open(there.token)).state]).toEqual(['EXPIRED', 'EXPIRED'])
  const { surveyInvitation } = await globex
    .as('manager')
    .query('query ($id: ID!) { surveyInvitation(id: $id) { status updatedBy } }', there.invitation)
  expect(surveyInvitation).toEqual({ status: 'EXPIRED', updatedBy: 'service:surveys' })
})

test('an invitation that is not there is not found', async () => {
  const { invitation } = await anInvitation()
  const globex = as('manager', { tenant: 'globex' })
  for (const id of [invitation.id, randomUUID(), 'x']) {
    await expect(globex.query('query ($id: ID!) { surveyInvitation(id: $id) { id } }', { id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'invitation.unknown',
    })
  }
})
