import { randomUUID } from 'node:crypto'
import { customerUpdated } from '@clientele/contracts'
import { type Place, placeNames, places, startForTest, type TestActor, whoHasAccess } from '@clientele/testkit'
import { aCustomerRecord, consumeUntil, fixtureOf, INVITE, RECORD, REVOKE } from '../fixture/survey-fixture.js'
import { surveys } from './service.js'

const svc = await startForTest(surveys)
const { as, aPublishedSurvey, customersOf, invite } = fixtureOf(svc)
const germany: Place[] = ['germany', 'berlin']
const ids = await customersOf(Object.values(places))
const idOf = (name: Place) => ids[placeNames.indexOf(name)] as string
const placesOf = (found: { customerId: string }[]) => found.map(({ customerId }) => placeNames[ids.indexOf(customerId)])

const survey = await aPublishedSurvey({ questions: [{ key: 'nps', kind: 'NPS', text: { en: 'How likely?' } }] })
const recordIn = (customerId: string, actor = as('service')) =>
  actor.mutate(RECORD, {
    input: { surveyId: survey.id, customerId, mode: 'PAPER', answers: [{ question: 'nps', score: 9 }] },
  })
const responses = new Map<Place, string>()
const invitations = new Map<Place, string>()
for (const name of placeNames) {
  responses.set(name, (await recordIn(idOf(name))).recordResponse.id)
  invitations.set(name, (await invite({ surveyId: survey.id, customerId: idOf(name) })).invitation.id)
}

const LISTS = `query ($survey: ID!) {
  surveyResponses(first: 100, filter: { surveyId: { eq: $survey } }) { nodes { customerId } totalCount }
  surveyInvitations(first: 100, filter: { surveyId: { eq: $survey } }) { nodes { customerId } totalCount }
  surveyReport(surveyId: $survey) { n questions { n suppressed score distribution { count } } } }`
const RESPONSE = 'query ($id: ID!) { surveyResponse(id: $id) { id } }'
const INVITATION = 'query ($id: ID!) { surveyInvitation(id: $id) { id } }'
const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
  ... on Customer { satisfaction { responses } surveyResponses { totalCount } }
  ... on SurveyResponse { nps } ... on SurveyInvitation { channel } } }`

test.each(whoHasAccess)('%s lists, counts and reports what they reach', async (_, role, actor, reached) => {
  const found = await as(role, actor).query(LISTS, { survey: survey.id })
  for (const { nodes, totalCount } of [found.surveyResponses, found.surveyInvitations]) {
    expect(placesOf(nodes).toSorted()).toEqual(reached.toSorted())
    expect(totalCount).toBe(reached.length)
  }
  const { n, questions } = found.surveyReport
  expect([n, questions[0].n]).toEqual([reached.length, reached.length])
  // The rule that withholds small groups holds for what they reach.
  expect(questions[0]).toMatchObject(
    reached.length < 5 ? { suppressed: true, score: null, distribution: [] } : { suppressed: false, score: 100 },
  )
})

test.each(whoHasAccess)('%s finds no more one by one than in lists', async (_, role, actor, reached) => {
  const asked = as(role, actor)
  for (const name of placeNames) {
    for (const [query, id, reason] of [
      [RESPONSE, responses.get(name), 'response.unknown'],
      [INVITATION, invitations.get(name), 'invitation.unknown'],
    ] as const) {
      const answer = asked.query(query, { id })
      if (reached.includes(name)) await answer
      else await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND', reason })
    }
  }
})

test.each(whoHasAccess)('%s finds no more by reference', async (_, role, actor, reached) => {
  const { _entities } = await as(role, actor).query(ENTITIES, {
    r: placeNames.flatMap((name) => [
      { __typename: 'Customer', id: idOf(name) },
      { __typename: 'Customer', id: idOf(name).toUpperCase() },
      { __typename: 'SurveyResponse', id: responses.get(name) },
      { __typename: 'SurveyInvitation', id: invitations.get(name) },
    ]),
  })
  const customer = { __typename: 'Customer', satisfaction: { responses: 1 }, surveyResponses: { totalCount: 1 } }
  expect(_entities).toEqual(
    placeNames.flatMap((name) =>
      reached.includes(name)
        ? [
            customer,
            customer,
            { __typename: 'SurveyResponse', nps: 9 },
            { __typename: 'SurveyInvitation', channel: 'email' },
          ]
        : [null, null, null, null],
    ),
  )
})

test('who reaches a territory writes in it, and beside it there is no customer for them', async () => {
  for (const role of ['manager', 'sales']) {
    const german = as(role, { territories: ['emea/de'] })
    const inviting = (name: Place) =>
      german.mutate(INVITE, { input: { surveyId: survey.id, customerId: idOf(name), channel: 'sms' } })
    const { invitation } = (await inviting('berlin')).inviteToSurvey
    await german.mutate(REVOKE, { input: { id: invitation.id } })
    await recordIn(idOf('berlin'), german)
    const unknown = { code: 'NOT_FOUND', reason: 'customer.unknown', message: 'There is no such customer.' }
    for (const name of ['neighbour', 'above', 'shanghai', 'nobodys'] as const) {
      await expect(inviting(name)).rejects.toMatchObject(unknown)
      await expect(recordIn(idOf(name), german)).rejects.toMatchObject(unknown)
      await expect(german.mutate(REVOKE, { input: { id: invitations.get(name) } })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
  }
})

test.each(['partner', 'stranger'])('to a %s nothing opens', async (role) => {
  const { data, errors } = await as(role).request(LISTS, { survey: survey.id })
  expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set(['FORBIDDEN']))
  expect(data ?? null).toBeNull()
  for (const [query, id] of [
    [RESPONSE, responses.get('germany')],
    [INVITATION, invitations.get('germany')],
  ] as const) {
    await expect(as(role).query(query, { id })).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
  }
})

test('who sees more than they may change is told so', async () => {
  const reader = as('sales', { roles: ['sales', 'privacy_officer'], territories: ['emea/de'] })
  const refused = { code: 'FORBIDDEN', reason: 'access_scope' }
  const input = { surveyId: survey.id, customerId: idOf('neighbour'), channel: 'sms' }
  await expect(reader.mutate(INVITE, { input })).rejects.toMatchObject(refused)
  await expect(recordIn(idOf('neighbour'), reader)).rejects.toMatchObject(refused)
  await expect(reader.mutate(REVOKE, { input: { id: invitations.get('neighbour') } })).rejects.toMatchObject(refused)
  await recordIn(idOf('germany'), reader)
})

test('what somebody does not reach they cannot find by filters either, nor be told by a repeated key', async () => {
  const seller = { subject: randomUUID(), territories: ['emea/de'] }
  const german = as('sales', seller)
  const PROBE = `query ($c: ID!) { surveyResponses(filter: { or: [{ customerId: { eq: $c } }, { not: { customerId: { in: [] } } }] }) {
    nodes { customerId } } }`
  const { nodes } = (await german.query(PROBE, { c: idOf('neighbour') })).surveyResponses
  expect(new Set(placesOf(nodes))).toEqual(new Set(germany))
  const input = { surveyId: survey.id, customerId: idOf('germany'), channel: 'sms', idempotencyKey: 'k' }
  await german.mutate(INVITE, { input })
  const moved = as('sales', { ...seller, territories: ['emea/dee'] })
  await expect(moved.mutate(INVITE, { input })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a customer who moves is seen where they are', async () => {
  const [id] = (await customersOf([{ territory: 'moving/from', ownerId: 'a' }])) as [string]
  const { recordResponse } = await recordIn(id)
  const see = async (actor: TestActor) => {
    const found = as('sales', actor)
    const { _entities } = await found.query(ENTITIES, { r: [{ __typename: 'Customer', id }] })
    const { errors } = await found.request(RESPONSE, { id: recordResponse.id })
    const { surveyReport } = await found.query(LISTS, { survey: survey.id })
    return [_entities[0]?.satisfaction.responses, errors === undefined, surveyReport.n]
  }
  const [from, to] = [{ territories: ['moving/from'] }, { territories: ['moving/to'] }]
  const [before, after] = ['a', 'b'].map((subject) => ({ subject, territories: [] }))
  expect([await see(from), await see(to)]).toEqual([
    [1, true, 1],
    [undefined, false, 0],
  ])
  expect([await see(before!), await see(after!)]).toEqual([
    [1, true, 1],
    [undefined, false, 0],
  ])
  const moved = aCustomerRecord({ id, version: 2, territory: 'moving/to', ownerId: 'b' })
  await svc.deliver(customerUpdated, { ...moved, changedFields: ['territory', 'ownerId'] })
  await consumeUntil(svc, id, 2)
  expect([await see(from), await see(to)]).toEqual([
    [undefined, false, 0],
    [1, true, 1],
  ])
  expect([await see(before!), await see(after!)]).toEqual([
    [undefined, false, 0],
    [1, true, 1],
  ])
})

test('attempts outside of the access scope are in the audit log', async () => {
  const subject = randomUUID()
  const german = as('sales', { subject, territories: ['emea/de'] })
  await recordIn(idOf('neighbour'), german).catch(() => {})
  await german.query(ENTITIES, { r: [{ __typename: 'Customer', id: idOf('shanghai') }] })
  await german.query(RESPONSE, { id: responses.get('above') }).catch(() => {})
  const { rows } = await svc.database.system.query(
    `select entity_type as type, entity_id as id, reason from audit_entry
     where subject = $1 and outcome = 'DENIED' order by position`,
    [subject],
  )
  expect(rows).toEqual([
    { type: 'Customer', id: idOf('neighbour'), reason: 'access_scope' },
    { type: 'Customer', id: idOf('shanghai'), reason: 'access_scope' },
    { type: 'SurveyResponse', id: responses.get('above'), reason: 'access_scope' },
  ])
})
