import { actors, compiledBeside, createOperations, createRandom, now, seed } from '@clientele/query-compiler/equality'
import { startForTest } from '@clientele/testkit'
import { seedSurveys } from '../fixture/surveys.seed.js'
import { customerReads } from './customer/customer.read.js'
import { invitationReads } from './invitations/invitation.read.js'
import { responseReads } from './responses/response.read.js'
import { surveys } from './service.js'
import { createdReads } from './staff/created.js'
import { surveyReads } from './surveys/survey.read.js'

const random = createRandom(seed)
const svc = await startForTest(surveys, { now: () => now, queryCompiler: false })
const reads = [...surveyReads, ...invitationReads, ...responseReads, ...customerReads, ...createdReads]
const { schema, compiled, ordinary, compare, compareMany, measure, statementsOf } = compiledBeside(svc, surveys, reads)
const ids = { acme: await seedSurveys(svc, 'acme', random), globex: await seedSurveys(svc, 'globex', random) }
const [admin, manager] = actors as [(typeof actors)[0], (typeof actors)[0]]

test('random operations get the ordinary answers', async () => {
  const operations = createOperations({
    schema,
    random,
    rare: new Set(),
    arguments: {
      first: ['0', '1', '2', '20'],
      'surveys.filter': ['{ status: { in: [PUBLISHED] } }', '{ not: { title: { contains: "%_" } } }', '{ or: [] }'],
      'surveys.orderBy': ['{ field: TITLE, direction: DESC }', '{ field: KEY }'],
      'surveyInvitations.filter': ['{ status: { eq: ISSUED } }', '{ customerId: { in: ["no id"] } }'],
      'surveyResponses.filter': ['{ nps: { gte: 7 } }', '{ not: { csat: { lt: 3 } } }', '{ mode: { eq: SELF } }'],
    },
  })
  const counts = await compareMany(random, (tenant) => {
    const own = ids[tenant as 'acme']
    const one = random.below(10)
    if (one === 0) return operations('survey', 'Survey', { id: ['ID!', random.one(own.surveys)] })
    if (one === 1) return operations('surveyResponse', 'SurveyResponse', { id: ['ID!', random.one(own.responses)] })
    if (one === 2) return operations('surveyInvitation', 'SurveyInvitation', { id: ['ID!', own.invitations[0]] })
    const list = random.one(['Survey', 'SurveyInvitation', 'SurveyResponse'])
    const name = `${list[0]!.toLowerCase()}${list.slice(1)}s`
    if (one === 3) return operations(name, `${list}Connection`, { first: ['Int!', random.below(30)] })
    const type = random.one(['Customer', 'Customer', 'Customer', 'Survey', 'SurveyInvitation', 'SurveyResponse'])
    const from = {
      Customer: own.customers,
      Survey: own.surveys,
      SurveyInvitation: own.invitations,
      SurveyResponse: own.responses,
    }[type]!
    const r = random.some(from, random.one([1, 1, 4])).map((id) => ({ __typename: type, id }))
    return operations('_entities', type, { representations: ['[_Any!]!', r] })
  })
  expect(counts.equal).toBeGreaterThan(50)
  expect(counts.unmapped / counts.equal).toBeLessThan(0.5)
})

const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer'
const satisfactionOf = (id: string, fields = 'nps csat lastRespondedAt') => ({
  query: `${ENTITIES} { satisfaction { ${fields} } } } }`,
  variables: { r: [{ __typename: 'Customer', id }] },
})

test('what a 360° view asks is one statement', async () => {
  const operations = ids.acme.customers.map((id) => satisfactionOf(id))
  expect(await statementsOf(admin, operations)).toBe(1)
  await measure(admin, operations)
})

test('whoever has given no answer has no satisfaction', async () => {
  const operation = satisfactionOf(ids.acme.customers[0]!, 'nps csat ces lastRespondedAt responses')
  expect(await compare(admin, operation)).toBe('equal')
  expect(await compiled(admin, operation)).toEqual({ _entities: [{ satisfaction: null }] })
})

test('what lies out of scope is left to the ordinary resolvers, which write it down', async () => {
  for (const id of ids.acme.customers) {
    const { data } = (await ordinary(manager, satisfactionOf(id))) as { data: { _entities: unknown[] } }
    expect(await compiled(manager, satisfactionOf(id))).toEqual(data._entities[0] ? data : undefined)
  }
})

test('an id in capitals is shown as it was given', async () => {
  const id = ids.acme.customers[3]!.toUpperCase()
  const operation = { query: `${ENTITIES} { id } } }`, variables: { r: [{ __typename: 'Customer', id }] } }
  expect(await compiled(admin, operation)).toBeUndefined()
  expect((await ordinary(admin, operation)).data).toEqual({ _entities: [{ id }] })
})
